using Microsoft.Playwright;

namespace Clientele.Tests.Reports;

/// <summary>Debian's Chromium (or <c>CLIENTELE_CHROMIUM</c>), driven by Playwright; one for all tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string Program = Environment.GetEnvironmentVariable("CLIENTELE_CHROMIUM") is { Length: > 0 } set ? set : "/usr/bin/chromium";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clientele-report-");
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A new window. No browser: the test fails in CI, is skipped elsewhere, and says why.</summary>
    internal async Task<IBrowserContext> Window(int width = 1280, ColorScheme colours = ColorScheme.Light, bool script = true)
    {
        if (browser is null)
        {
            string message = $"There is no browser at {Program}. Install chromium (./dev setup), or set CLIENTELE_CHROMIUM.";
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
                Assert.Fail(message);
            Assert.Skip(message);
        }
        return await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = colours, JavaScriptEnabled = script });
    }

    internal string Keep(string name, Action<Stream> write)
    {
        string path = Path.Combine(folder.FullName, name);
        using (var file = File.Create(path))
            write(file);
        return new Uri(path).AbsoluteUri;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        folder.Delete(recursive: true);
    }
}
