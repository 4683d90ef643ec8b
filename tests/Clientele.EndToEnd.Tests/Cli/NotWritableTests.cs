using System.Diagnostics;

namespace Clientele.Tests.Cli;

/// <summary>A workspace, or a place for results, that this user may not write or read: every command says so in one line, with what to do.</summary>
public sealed class NotWritableTests
{
    [Fact]
    public async Task What_may_not_be_written_or_read_is_told_in_a_line_and_nothing_is_lost()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", ".", "--customers", "60", "--quiet");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");
        string shop = folder["shop"], yaml = folder["shop", "clientele.yaml"];
        File.WriteAllText(yaml, File.ReadAllText(yaml).Replace("evidence: full", "evidence: plain", StringComparison.Ordinal).Replace("cutoffs: 3", "cutoffs: 1", StringComparison.Ordinal));
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");

        await Chmod("a-w", shop);
        try
        {
            await Told("The store shop/clientele.db cannot be opened for writing. Give this user the right to write the file and its folder; looking needs it too.", "runs", "list", "-w", "shop");
            await Told("Give this user the right to ", "run", "shop", "--quiet", "--seed", "9");
            await Told("The store shop/clientele.db cannot be opened for writing.", "serve", "shop", "--urls", "http://127.0.0.1:0");
            await Told("The store shop/clientele.db cannot be opened for writing.", "schedule", "serve", "--once", "-w", "shop");
            await Told("is denied. Give this user the right to it", "predict", "shop", "--orders", "orders.csv", "--out", "shop/new.csv", "--quiet");
            await Told("is denied. Give this user the right to it", "data", "generate", "shop/new", "--quiet");
            await Told("is denied. Give this user the right to it", "init", "shop/new", "--source", "orders.csv");
        }
        finally
        {
            await Chmod("u+w", shop);
        }
        await Chmod("a-w", folder["shop", "runs"]);
        await Told("Permission denied. See that this place can be read and written, or name another. Then run again: what was finished is kept.", "run", "shop", "--quiet", "--seed", "9");
        await Chmod("u+w", folder["shop", "runs"]);
        await Chmod("a-r", yaml);
        await Told("shop/clientele.yaml may not be read. Give this user the right to read it and its folder.", "run", "shop", "--quiet");
        await Chmod("u+r", yaml);
        await Told("Could not find a part of the path", "predict", "shop", "--orders", "orders.csv", "--out", "nowhere/new.csv", "--quiet");

        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet", "--seed", "9");
        Assert.Contains("sound", await CliProcess.Succeed(folder.Path, "models", "verify", "-w", "shop"), StringComparison.Ordinal);

        async Task Told(string what, params string[] words)
        {
            var (code, error) = await WithoutPrivilege(folder.Path, words);
            Assert.Equal((1, 1), (code, error.Count(letter => letter == '\n')));
            Assert.StartsWith("clientele: ", error, StringComparison.Ordinal);
            Assert.Contains(what, error, StringComparison.Ordinal);
        }
    }

    private static async Task Chmod(string mode, string path)
    {
        using var chmod = Process.Start("chmod", ["-R", mode, path]);
        await chmod.WaitForExitAsync();
        Assert.Equal(0, chmod.ExitCode);
    }

    // Root writes everywhere, unless it is told that it may not.
    private static async Task<(int Code, string Error)> WithoutPrivilege(string folder, params string[] words)
    {
        string[] command = Environment.UserName == "root" ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", "dotnet", CliProcess.Program] : ["dotnet", CliProcess.Program];
        using var process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], .. words]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
