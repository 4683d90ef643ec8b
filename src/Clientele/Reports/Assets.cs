using System.Security.Cryptography;
using System.Text;

namespace Clientele.Reports;

/// <summary>A text that travels inside the program and is set into the page: a style sheet, a script, a licence.</summary>
internal sealed class Asset
{
    public static readonly Asset Style = new("report.css");
    public static readonly Asset Script = new("report.js");
    /// <summary>Apache ECharts (bar, line and scatter charts), from the npm package of that name, minified by its authors.</summary>
    public static readonly Asset Charts = new("echarts.js");
    public static readonly Asset ChartsNotice = new("echarts.notice.txt");
    public static readonly Asset CanvasLicence = new("zrender.licence.txt");

    private Asset(string name)
    {
        string resource = "Reports/" + name;
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not built in.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Text = reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    }

    public string Text { get; }

    /// <summary>As a Content-Security-Policy names it, so that nothing else on the page may run.</summary>
    public string Digest => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";
}
