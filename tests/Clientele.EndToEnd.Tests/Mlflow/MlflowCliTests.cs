using System.Diagnostics;
using System.Text.Json;
using Clientele.Tests.Cli;
using Clientele.Tests.Pipeline;
using Clientele.Tests.TestServers.Mlflow;

namespace Clientele.Tests.Mlflow;

public sealed class MlflowCliTests
{
    [Fact]
    public async Task Runs_are_sent_as_they_end_and_those_that_could_not_be_go_with_the_next()
    {
        using var shop = await SmallShop.Create(300);
        await shop.Run();
        await using var server = await MlflowServer.Start();
        await File.AppendAllTextAsync(shop["clientele.yaml"], $"\ntracking:\n  mlflow: {server.Url}\n");
        server.Faults = _ => MlflowFault.Cut;

        string away = await CliProcess.Succeed(shop.Folder, "run", "shop", "--seed", "7");
        Assert.Contains("cannot be reached", away, StringComparison.Ordinal);
        Assert.Contains("experiments push", away, StringComparison.Ordinal);
        Assert.Contains("wait", await In("experiments", "show", "shop"), StringComparison.Ordinal);
        server.Faults = _ => MlflowFault.None;
        await shop.Run("--seed", "8");

        string told = server.Told();
        Assert.Contains("param seed 7", told, StringComparison.Ordinal);
        Assert.Contains("param seed 8", told, StringComparison.Ordinal);
        Assert.DoesNotContain("param seed 42", told, StringComparison.Ordinal);        // it was before
        Assert.Contains("tag mlflow.parentRunId", told, StringComparison.Ordinal);
        Assert.Contains("challenger", told, StringComparison.Ordinal);
        await In("experiments", "push", "shop");
        Assert.Contains("param seed 42", server.Told(), StringComparison.Ordinal);
        string all = server.Told();
        Assert.StartsWith("0 runs sent", await In("experiments", "push", "shop"), StringComparison.Ordinal);
        Assert.Equal(all, server.Told());

        Task<string> In(params string[] words) => CliProcess.Succeed(shop.Folder, [.. words, "--workspace", "shop"]);
    }

    [Fact]
    public async Task The_parts_of_a_run_stand_in_the_store_with_their_figures()
    {
        using var shop = await SmallShop.Create(300);
        await shop.Run();
        using var list = JsonDocument.Parse(await In("runs", "list", "--json"));
        string run = list.RootElement.GetProperty("runs").EnumerateArray().Single().GetProperty("run").GetProperty("id").GetString()!;

        string parts = await In("runs", "list", "--parent", run, "--show", "params.k", "metrics.silhouette", "metrics.rmse", "tags.chosen");

        Assert.Contains($"{run}-k4", parts, StringComparison.Ordinal);
        Assert.Contains($"{run}-model1", parts, StringComparison.Ordinal);
        Assert.Contains("mean", parts, StringComparison.Ordinal);
        Assert.Contains("used", parts, StringComparison.Ordinal);
        Assert.Contains($"{run}-k4", await In("runs", "show", run), StringComparison.Ordinal);
        Assert.Contains("study_silhouette", await In("runs", "show", run), StringComparison.Ordinal);
        Assert.Equal(1, (await CliProcess.Run(shop.Folder, "runs", "list", "--parent", "nobody", "--workspace", "shop")).ExitCode);

        Task<string> In(params string[] words) => CliProcess.Succeed(shop.Folder, [.. words, "--workspace", "shop"]);
    }

    [Fact]
    public async Task A_push_that_is_killed_anywhere_leaves_nothing_lost_and_nothing_doubled()
    {
        await using var shop = await TrackedShop.Create(points: 1_500);
        await using var calmShop = await shop.Copy();
        await using var calm = await MlflowServer.Start("3.4.0");
        await Push(calmShop, calm);
        await shop.Store.DisposeAsync();
        int kills = 0;
        await using var server = await MlflowServer.Start("3.4.0");
        for (int pause = 3; kills < 9 && pause < 60; pause += 5)
        {
            Process? pushing = null;
            int from = server.Exchanges.Count;
            var reached = new TaskCompletionSource();
            int at = pause;
            server.Before = number =>
            {
                if (number == from + at)
                {
                    reached.TrySetResult();
                    Thread.Sleep(300);      // while it waits for the answer
                }
            };
            pushing = Process.Start(new ProcessStartInfo("dotnet", [CliProcess.Program, "experiments", "push", "shop", "--to", server.Url, "--workspace", shop.Folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            if (await Task.WhenAny(reached.Task, pushing.WaitForExitAsync()) == reached.Task)
            {
                pushing.Kill();
                kills++;
            }
            await pushing.WaitForExitAsync();
            pushing.Dispose();
        }
        server.Before = _ => { };

        await Push(shop, server);

        Assert.True(kills >= 3, $"{kills} kills");
        Assert.Equal(calm.Told(), server.Told());

        static Task<string> Push(TrackedShop shop, MlflowServer server) => CliProcess.Succeed(shop.Folder, "experiments", "push", "shop", "--to", server.Url, "--workspace", shop.Folder);
    }

    [Fact]
    public async Task The_password_comes_from_the_environment_and_is_told_nobody()
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start();
        server.Authorization = "Basic " + Convert.ToBase64String("anna:s3cret"u8);

        var refused = await CliProcess.Run(shop.Folder, new Dictionary<string, string?> { ["MLFLOW_TRACKING_USERNAME"] = "anna", ["MLFLOW_TRACKING_PASSWORD"] = "s3kret" }, "experiments", "push", "shop", "--to", server.Url);
        var sent = await CliProcess.Run(shop.Folder, new Dictionary<string, string?> { ["MLFLOW_TRACKING_USERNAME"] = "anna", ["MLFLOW_TRACKING_PASSWORD"] = "s3cret" }, "experiments", "push", "shop", "--to", server.Url, "--json");

        Assert.Equal((1, 0), (refused.ExitCode, sent.ExitCode));
        Assert.Contains("MLFLOW_TRACKING_USERNAME", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3kret", refused.Error, StringComparison.Ordinal);
        Assert.Equal(4, JsonDocument.Parse(sent.Output).RootElement.GetProperty("runs").GetInt32());
        Assert.Equal(2, (await CliProcess.Run(shop.Folder, "experiments", "push", "shop")).ExitCode);
    }
}
