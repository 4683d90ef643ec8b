using System.Diagnostics;
using Clientele.Tests.Cli;
using Clientele.Tracking;

namespace Clientele.Tests.Pipeline;

/// <summary>A run whose files may not grow beyond a limit, which a program meets as it meets a full disk: as a write that fails, also the store's commit.</summary>
public sealed class FullDiskTests
{
    [Theory, InlineData(40), InlineData(200)]
    public async Task A_store_that_cannot_grow_is_told_in_words_and_the_next_run_is_as_ever(int kilobytes)
    {
        using var shop = await SmallShop.Create(customers: 60);

        var (code, said) = await Limited(shop.Folder, kilobytes, "run", "shop", "--quiet");
        await shop.Run();

        Assert.Equal(1, code);
        Assert.Matches("^clientele: The store shop/clientele.db could not be written: .* Free some room on that disk. What was written before stands.\n$", said);
        Assert.Equal(RunState.Completed, (await shop.Runs())[0].State);
        Assert.DoesNotContain(await shop.Runs(), run => !run.State.IsFinal());
    }

    [Fact]
    public async Task A_file_that_may_not_grow_is_told_in_words_and_nothing_half_written_is_left()
    {
        using var folder = new TempFolder();

        var (code, said) = await Limited(folder.Path, 100, "data", "generate", ".", "--customers", "300", "--quiet");

        Assert.Equal((1, "clientele: A file would become larger than this process may write. Raise the limit (ulimit -f), or write to a disk that takes larger files.\n"), (code, said));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static async Task<(int Code, string Error)> Limited(string folder, int kilobytes, params string[] words)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec dotnet \"$0\" \"$@\"", CliProcess.Program, .. words])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";        // .NET's own shared memory counts as a file
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
