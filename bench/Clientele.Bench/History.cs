using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Bench;

/// <summary><c>bench/history.csv</c>: what was measured at which commit, on what kind of machine.</summary>
internal static class History
{
    private static readonly string Path_ = Path.Combine(Checkout.Root, "bench", "history.csv");
    private static readonly string Commit = Git("rev-parse", "--short", "HEAD") + (Git("status", "--porcelain", "--untracked-files=no").Length > 0 ? "+" : "");
    private static readonly string Machine = $"{Environment.ProcessorCount} cores {RuntimeInformation.ProcessArchitecture} {(Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "128 bit")}";

    public static void Add(string what, double value)
    {
        if (!File.Exists(Path_))
            File.WriteAllText(Path_, "commit,machine,what,value\n");
        File.AppendAllText(Path_, string.Create(CultureInfo.InvariantCulture, $"{Commit},{Machine},\"{what}\",{value:G4}\n"));
    }

    private static string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Checkout.Root, RedirectStandardOutput = true })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }
}
