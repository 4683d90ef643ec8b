using System.Diagnostics;
using Clientele.Engines;
using Clientele.Problems;

namespace Clientele.Tests.Engines;

/// <summary>The engine's process comes and goes with ours, and survives what must not end it.</summary>
public sealed class EngineProcessTests
{
    [Fact]
    public async Task The_process_and_its_folder_are_gone_after_the_client()
    {
        var engine = await EngineClient.StartEmbedded();
        var (process, folder) = (engine.ProcessId!.Value, engine.Folder!);
        Assert.True(IsAlive(process) && Directory.Exists(folder));
        await engine.DisposeAsync();
        Assert.False(IsAlive(process) || Directory.Exists(folder));
    }

    [Fact]
    public async Task A_client_may_be_disposed_of_twice()
    {
        var engine = await EngineClient.StartEmbedded();
        await engine.DisposeAsync();
        await engine.DisposeAsync();
        Assert.False(IsAlive(engine.ProcessId!.Value));
    }

    [Fact]
    public async Task The_process_is_gone_after_its_parent_was_killed_while_a_query_ran()
    {
        using var parent = Probe.Start(["parent"]);
        string[] told = (await parent.StandardOutput.ReadLineAsync())!.Split(' ');
        int engine = int.Parse(told[0]);
        Assert.True(IsAlive(engine) && Directory.Exists(told[1]));

        parent.Kill();      // SIGKILL: the parent has no say in it

        await Until(() => !IsAlive(engine) && !Directory.Exists(told[1]));
    }

    [Fact]
    public async Task What_both_left_when_both_were_killed_goes_at_the_next_start()
    {
        using var parent = Probe.Start(["parent"]);
        string[] told = (await parent.StandardOutput.ReadLineAsync())!.Split(' ');
        using (var engine = Process.GetProcessById(int.Parse(told[0])))
            engine.Kill();
        parent.Kill();
        await parent.WaitForExitAsync();

        await using var next = await EngineClient.StartEmbedded();

        Assert.False(Directory.Exists(told[1]));
        Assert.True(Directory.Exists(next.Folder));
    }

    [Fact]
    public async Task Null_references_and_divisions_by_zero_are_caught_beside_the_engine()
    {
        string folder = Directory.CreateTempSubdirectory("faults-").FullName;
        try
        {
            var (exitCode, lines) = await Probe.Run(["faults", EngineFiles.Library(), folder]);
            string[] both = ["NullReferenceException", "DivideByZeroException"];
            Assert.Equal(new[] { "idle", "at work", "later" }.SelectMany(when => both.Select(fault => $"{when}: {fault}")), lines);
            Assert.Equal(0, exitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_killed_engine_is_a_problem_with_a_remedy()
    {
        await using var engine = await EngineClient.StartEmbedded();
        using (var process = Process.GetProcessById(engine.ProcessId!.Value))
            process.Kill();
        var ended = await Assert.ThrowsAsync<ProblemException>(() => engine.Execute(Sql.Text("SELECT 1")));
        Assert.Equal("engine/ended", ended.Problem.Kind);
    }

    [Theory]
    [InlineData("CLIENTELE_LIBCHDB", "/nowhere/libchdb.so", "engine/missing")]
    [InlineData("CLIENTELE_LIBCHDB", "/etc/hostname", "engine/not-started")]
    [InlineData("CLIENTELE_ENGINE", "/nowhere", "engine/missing")]
    public async Task A_missing_or_wrong_part_is_named_with_its_remedy(string variable, string path, string kind)
    {
        var (exitCode, lines) = await Probe.Run(["start"], (variable, path));
        Assert.StartsWith($"{kind}: ", Assert.Single(lines));
        Assert.Contains(kind == "engine/missing" ? variable : "npm ci", lines[0]);
        Assert.Equal(1, exitCode);
    }

    private static bool IsAlive(int process)
    {
        try
        {
            // A dead child that nobody has waited for yet is a zombie, not alive.
            string status = File.ReadAllText($"/proc/{process}/stat");
            return status[(status.LastIndexOf(')') + 2)..][0] != 'Z';
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        for (int tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 3000, "It did not happen within a minute.");
            await Task.Delay(20);
        }
    }
}
