namespace Clientele.Bench;

/// <summary>Where things are: the checkout that holds this program, the data, a scratch folder.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string Cli { get; } = Path.Combine(Root, "src", "Clientele.Cli", "bin", "Release", "net10.0", "Clientele.Cli.dll");

    public static string Probe { get; } = Path.Combine(Root, "tests", "Clientele.Probe", "bin", "Release", "net10.0", "Clientele.Probe.dll");

    /// <summary>The files that a benchmark makes; safe to delete.</summary>
    public static string Scratch { get; } = Directory.CreateDirectory(Path.Combine(Root, "bench", "out")).FullName;

    /// <summary><c>CLIENTELE_DATA</c>, else <c>../shared/data</c> beside the checkout.</summary>
    public static string Data(params string[] parts)
    {
        string root = Environment.GetEnvironmentVariable("CLIENTELE_DATA") is { Length: > 0 } set ? set : Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));
        string path = Path.Combine([root, .. parts]);
        return File.Exists(path) ? path : throw new FileNotFoundException($"The data set {string.Join('/', parts)} is missing. Put it under {root}, or set CLIENTELE_DATA.");
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Clientele.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The benchmarks run inside a checkout of Clientele.");
    }
}
