namespace Clientele.Tests;

/// <summary>Where the real data sets are: <c>CLIENTELE_DATA</c>, else <c>../shared/data</c> beside the checkout.</summary>
internal static class TestData
{
    public static string Root { get; } = Environment.GetEnvironmentVariable("CLIENTELE_DATA") is { Length: > 0 } set
        ? set
        : Path.GetFullPath(Path.Combine(Checkout, "..", "shared", "data"));

    /// <summary>The checkout's own folder.</summary>
    public static string Checkout
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Clientele.slnx")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The tests run outside a checkout of Clientele.");
        }
    }

    /// <summary>The path of a data set. Missing: the test fails in CI and is skipped elsewhere, and says why.</summary>
    public static string File_(params string[] parts)
    {
        string path = Path.Combine([Root, .. parts]);
        if (!File.Exists(path))
        {
            string message = $"The data set {string.Join('/', parts)} is missing. Put it under {Root}, or set CLIENTELE_DATA.";
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
                Assert.Fail(message);
            Assert.Skip(message);
        }
        return path;
    }
}
