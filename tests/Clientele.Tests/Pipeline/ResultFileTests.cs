using System.Diagnostics;
using Clientele.Pipeline;

namespace Clientele.Tests.Pipeline;

public sealed class ResultFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-result-").FullName;

    private string Target => Path.Combine(folder, "result.csv");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_was_there_stays_until_all_of_the_new_is_written_and_nothing_is_left_beside_it()
    {
        await Write("old");
        await Assert.ThrowsAsync<IOException>(() => ResultFile.Write(Target, () => Stream.Null, async to =>
        {
            await to.WriteAsync("half"u8.ToArray());
            throw new IOException("No space left on device.");
        }));
        Assert.Equal("old", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
        await Write("new");

        Assert.Equal("new", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
        Assert.Single(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_stays_a_pipe()
    {
        using (var made = Process.Start("mkfifo", [Target]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var reader = Process.Start(new ProcessStartInfo("cat", [Target]) { RedirectStandardOutput = true })!;

        await Write("rows");

        Assert.Equal("rows", await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        using var test = Process.Start("test", ["-p", Target]);
        await test.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, test.ExitCode);
    }

    private Task Write(string text) => ResultFile.Write(Target, () => Stream.Null, to => to.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text)).AsTask());
}
