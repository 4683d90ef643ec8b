using System.IO.Compression;

namespace Clientele.Bench;

/// <summary>Online Retail II, 1,067,371 lines, from the file to segments and personas, against pandas and scikit-learn.</summary>
internal static class OnlineRetail
{
    private const string Peer = "pandas + scikit-learn 1.2.1";

    /// <summary>Fewer rounds suffice for the workbook: it takes the peer minutes.</summary>
    /// <param name="forms">CSV, workbook or both.</param>
    public static async Task Run(int rounds, params IReadOnlyList<string> forms)
    {
        string csv = Unpacked(Checkout.Data("orders", "online_retail_II.csv.gz"));
        string workbook = Checkout.Data("orders", "online_retail_II.xlsx");
        foreach (var (name, file) in new[] { ("CSV", csv), ("workbook", workbook) }.Where(form => forms.Contains(form.Item1)))
        {
            string plain = await Workspace($"{name}-plain", file), full = await Workspace($"{name}-full", file);
            SetEqualWork(plain);
            await Ratio.Measure(
                Peer, name == "CSV" ? rounds : Math.Min(rounds, 2), () => MeasuredProcess.Peer("online_retail_ii.py", file, Path.Combine(Checkout.Scratch, "peer")),
                ($"Online Retail II ({name}), equal work", () => Ours(plain)),
                ($"Online Retail II ({name}), with our richer evidence", () => Ours(full)));
        }
    }

    // From nothing: no step of the round before is taken from its cache.
    private static Task<Measured> Ours(string workspace)
    {
        string cache = Path.Combine(workspace, ".clientele");
        if (Directory.Exists(cache))
            Directory.Delete(cache, recursive: true);
        return MeasuredProcess.Ours("run", workspace, "--quiet");
    }

    private static async Task<string> Workspace(string name, string file)
    {
        string folder = Path.Combine(Checkout.Scratch, name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        await MeasuredProcess.Ours("init", folder, "--preset", "online-retail", "--source", file);
        BenchWorkspace.LeaveLifetimeOut(folder);       // the peer values nobody
        return folder;
    }

    // Ten starts and three indices for every k, segments as CSV, and nothing else: what the peer does (it has no personas; ours are in the figure).
    private static void SetEqualWork(string workspace)
    {
        string path = Path.Combine(workspace, "clientele.yaml"), text = File.ReadAllText(path);
        foreach (var (full, equal) in new[] { ("evidence: full", "evidence: plain"), ("recommendations: 3", "recommendations: 0"), ("report: true", "report: false"), ("parquet: true", "parquet: false") })
            text = text.Contains(full, StringComparison.Ordinal)
                ? text.Replace(full, equal, StringComparison.Ordinal)
                : throw new InvalidOperationException($"{path} has no '{full}' to replace.");
        File.WriteAllText(path, text);
    }

    private static string Unpacked(string path)
    {
        string csv = Path.Combine(Checkout.Scratch, Path.GetFileNameWithoutExtension(path));
        if (!File.Exists(csv))
        {
            using var from = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var to = File.Create(csv);
            from.CopyTo(to);
        }
        return csv;
    }
}
