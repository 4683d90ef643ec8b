using System.Text.Json;
using Clientele.Mlflow;
using Clientele.Problems;
using Clientele.Tests.TestServers;
using Clientele.Tests.TestServers.Mlflow;

namespace Clientele.Tests.Mlflow;

public sealed class MlflowExportTests(S3Server s3)
{
    [Theory, InlineData("2.22.0"), InlineData("3.4.0")]
    public async Task All_that_is_known_of_runs_arrives_in_requests_that_a_strict_server_takes(string version)
    {
        await using var shop = await TrackedShop.Create(points: 2_500);
        await using var server = await MlflowServer.Start(version);

        var report = await shop.Push(server);

        Assert.Empty(report.Problems);
        Assert.Equal((4, 0, 4, 1, 1), (report.Runs, report.Unchanged, report.Files, report.Versions, report.Aliases));
        Assert.Equal(2_500 + 4 + 2, report.Metrics);
        string told = server.Told();
        foreach (string line in (string[])
            ["run 20260301-080000 FINISHED", "run 20260302-080000 FAILED", "param k 4", "param a_3a_b odd", "tag shop Köln", "tag mlflow.parentRunId run0", "tag mlflow.note.content The disk is full.", "tag mlflow.runName k = 2",
             "metric none 0@", "=NaN", "\"digest\":\"dddddddddddddddddddddddddddddddddddd\"", "model shop 1=", "[champion, 1]", "2499@"])
            Assert.Contains(line, told, StringComparison.Ordinal);
        Assert.Equal("20260301-080000", System.Text.Encoding.UTF8.GetString(server.Files.Single(file => file.Key.EndsWith("model/a b%+é.json", StringComparison.Ordinal) && file.Value.Length == 15 && file.Value[7] == (byte)'1').Value));
        Assert.All(server.Exchanges.Where(exchange => exchange.Status != 200), exchange => Assert.Equal(("GET", "/api/2.0/mlflow/experiments/get-by-name", 404), (exchange.Method, exchange.Path, exchange.Status)));
    }

    /// <summary>The requests of one small run, in their order.</summary>
    [Theory]
    [InlineData("2.22.0", "POST runs/log-model|POST registered-models/create|GET model-versions/search|POST model-versions/create|GET registered-models/get|POST registered-models/alias")]
    [InlineData("3.4.0", "POST logged-models/search|POST logged-models|PUT|PUT|PUT|PUT|PATCH logged-models|GET runs/get|POST runs/outputs|POST registered-models/create|GET model-versions/search|POST model-versions/create|GET registered-models/get|POST registered-models/alias")]
    public async Task The_transcript_is_that_of_the_protocol(string version, string end)
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start(version);

        await shop.Push(server);

        string[] said = [.. server.Exchanges.Select(Short)];
        Assert.Equal(
            ["GET experiments/get-by-name", "POST experiments/create", "GET experiments/get", "POST runs/search", "POST runs/create", "POST runs/log-batch", "POST runs/log-batch", "POST runs/log-inputs", "PUT", "PUT", "POST runs/update"], said[..11]);
        Assert.EndsWith(end, string.Join('|', said), StringComparison.Ordinal);
        using var create = JsonDocument.Parse(server.Exchanges.First(exchange => exchange.Path.EndsWith("runs/create", StringComparison.Ordinal)).Body);
        Assert.Equal(["experiment_id", "run_name", "start_time", "tags"], create.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal(shop.Clock.GetUtcNow().Year, DateTimeOffset.FromUnixTimeMilliseconds(create.RootElement.GetProperty("start_time").GetInt64()).Year);
        string batch = server.Exchanges.Where(exchange => exchange.Path.EndsWith("runs/log-batch", StringComparison.Ordinal)).Select(exchange => exchange.Body).First(body => body.Contains("\"NaN\"", StringComparison.Ordinal));
        Assert.Contains("\"Infinity\"", batch, StringComparison.Ordinal);
        Assert.Contains("\"-Infinity\"", batch, StringComparison.Ordinal);
        var upload = server.Exchanges.First(exchange => exchange.Method == "PUT");
        Assert.Matches("^/api/2.0/mlflow-artifacts/artifacts/1/[0-9a-f]{32}/artifacts/model/a b%\\+é.json$", upload.Path);
    }

    [Theory, InlineData("2.22.0"), InlineData("3.4.0")]
    public async Task What_was_sent_is_not_sent_again_and_what_is_new_is(string version)
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start(version);
        await shop.Push(server);
        var (told, asked) = (server.Told(), server.Exchanges.Count);

        var again = await shop.Push(server);

        Assert.Equal((0, 4, 0, 0, 0), (again.Runs, again.Unchanged, again.Files, again.Versions, again.Aliases));
        Assert.Equal(told, server.Told());
        Assert.All(server.Exchanges.Skip(asked), exchange => Assert.Equal("GET", exchange.Method));

        string id = await shop.AddRun("20260303-080000", new());
        await shop.AddVersion(id, "b");
        await shop.Store.Models.Promote("shop", 2, new("tester", "because"));
        var more = await shop.Push(server);
        Assert.Equal((1, 4, 1, 1), (more.Runs, more.Unchanged, more.Versions, more.Aliases));
        Assert.Contains("[champion, 2]", server.Told(), StringComparison.Ordinal);
        await shop.Store.Models.RemoveAlias("shop", "champion", new("tester", "because"));
        await shop.Push(server);
        Assert.DoesNotContain("champion", server.Told(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_goes_alone_with_its_parts_and_without_files_if_so_wanted()
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start();

        var report = await MlflowExport.Push(shop.Store, "20260301-080000", MlflowAddress.Parse(server.Url), files: false, TrackedShop.Patient, TimeProvider.System, default);

        Assert.Equal((3, 0, 0), (report.Runs, report.Files, report.Versions));
        Assert.Empty(server.Files);
        Assert.DoesNotContain("20260302-080000", server.Told(), StringComparison.Ordinal);
        Assert.Equal((4, 4, 1), await shop.Push(server) is var whole ? (whole.Runs, whole.Files, whole.Versions) : default);      // now the files too
    }

    [Fact]
    public async Task A_plan_says_what_would_be_sent_and_asks_nobody()
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start();

        var plan = await MlflowExport.Plan(shop.Store, "shop", MlflowAddress.Parse(server.Url), files: true);

        Assert.Empty(server.Exchanges);
        var report = await shop.Push(server);
        Assert.Equal((report.Runs, report.Params, report.Metrics, report.Files, report.Bytes), (plan.Runs, plan.Params, plan.Metrics, plan.Files, plan.Bytes));
        Assert.Equal(4, (await MlflowExport.Plan(shop.Store, "shop", MlflowAddress.Parse(server.Url), files: true)).Unchanged);
    }

    [Fact]
    public async Task A_server_that_was_made_anew_at_the_same_place_gets_everything_again()
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start();
        await shop.Push(server);
        string told = server.Told();
        await server.DisposeAsync();
        await using var anew = await MlflowServer.Start(port: new Uri(server.Url).Port);

        Assert.Equal(4, (await shop.Push(anew)).Runs);

        Assert.Equal(told, anew.Told());
    }

    [Fact]
    public async Task A_run_that_was_deleted_there_before_it_was_whole_is_made_again()
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start();
        server.Faults = number => number > AfterFirstRun ? MlflowFault.Cut : MlflowFault.None;
        await Assert.ThrowsAsync<ProblemException>(() => shop.Push(server, TrackedShop.Hasty));
        server.Faults = _ => MlflowFault.None;
        server.DeleteRun(FirstRun);

        await shop.Push(server);

        await using var calm = await MlflowServer.Start();
        await using var other = await TrackedShop.Create();
        await other.Push(calm);
        Assert.Equal(calm.Told(), server.Told());
    }

    // Of a server that has just been made: the id that it gives first, and the request that asks for it.
    private const int AfterFirstRun = 5;
    private static readonly string FirstRun = $"00000001{new string('0', 24)}";

    [Fact]
    public async Task A_param_that_somebody_else_set_otherwise_stops_that_run_alone()
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start();
        server.Faults = number => number > AfterFirstRun ? MlflowFault.Cut : MlflowFault.None;
        await Assert.ThrowsAsync<ProblemException>(() => shop.Push(server, TrackedShop.Hasty));
        server.Faults = _ => MlflowFault.None;
        await server.Post("runs/log-batch", $$"""{"run_id":"{{FirstRun}}","params":[{"key":"k","value":"9"}]}""");

        var report = await shop.Push(server);

        Assert.Contains("The param 'k' is '9' there and '4' here", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Equal(3, report.Runs);
        Assert.Contains("run 20260302-080000 FAILED", server.Told(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_go_straight_to_S3_where_the_server_says_so_and_nowhere_that_only_it_can_write()
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start();
        var place = await s3.NewAddress();
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_S3", place.Endpoint!.GetLeftPart(UriPartial.Authority));
        try
        {
            server.ArtifactRoot = $"s3://{place.Bucket}/{place.Prefix}";
            Assert.Empty((await shop.Push(server)).Problems);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_S3", null);
        }
        Assert.Empty(server.Files);
        Assert.Contains(s3.FilesOf(place), path => path.EndsWith("artifacts/report.html._S3rver_object", StringComparison.Ordinal));

        foreach (string root in (string[])["file:///etc/", "/srv/mlruns/", "mlflow-artifacts://elsewhere:5000/", "mlflow-artifacts:/../", "gs://bucket/"])
        {
            await using var closed = await MlflowServer.Start();
            closed.ArtifactRoot = root;
            await using var fresh = await TrackedShop.Create();
            var report = await fresh.Push(closed);
            Assert.All(report.Problems, problem => Assert.Contains("Files would go to", problem, StringComparison.Ordinal));
            Assert.Equal(2, report.Problems.Count);
            Assert.Empty(closed.Files);
            Assert.Contains("param k 4", closed.Told(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("localhost:5000"), InlineData("ftp://host"), InlineData("http://me:secret@host"), InlineData("http://host/?a=b"), InlineData("http://host/#x"), InlineData("")]
    public void Only_an_address_is_an_address(string text) =>
        Assert.Equal("mlflow/address", Assert.Throws<ProblemException>(() => MlflowAddress.Parse(text)).Problem.Kind);

    [Fact]
    public async Task What_is_no_MLflow_server_or_lets_nobody_in_is_said_so()
    {
        await using var shop = await TrackedShop.Create();
        await using var server = await MlflowServer.Start();
        server.Authorization = "Bearer other";

        Assert.Equal("mlflow/refused", (await Assert.ThrowsAsync<ProblemException>(() => shop.Push(server))).Problem.Kind);
        var notMlflow = MlflowAddress.Parse(server.Url + "/elsewhere");
        server.Authorization = null;
        Assert.Equal("mlflow/no-server", (await Assert.ThrowsAsync<ProblemException>(() => MlflowExport.Push(shop.Store, "shop", notMlflow, true, TrackedShop.Patient, TimeProvider.System, default))).Problem.Kind);
        await server.DisposeAsync();
        Assert.Equal("mlflow/unreachable", (await Assert.ThrowsAsync<ProblemException>(() => shop.Push(server, TrackedShop.Hasty))).Problem.Kind);
    }

    private static string Short(MlflowExchange exchange) => exchange.Method switch
    {
        "PUT" => "PUT",
        "PATCH" => "PATCH logged-models",
        _ when exchange.Path == "/version" => "GET version",
        _ => $"{exchange.Method} {exchange.Path["/api/2.0/mlflow/".Length..]}",
    };
}
