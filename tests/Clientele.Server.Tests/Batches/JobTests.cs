using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Clientele.Access;
using Clientele.Tests.Attacks;

namespace Clientele.Tests.Batches;

public sealed class JobTests
{
    [Fact]
    public async Task A_cancelled_job_ends_and_leaves_no_result()
    {
        await using var shop = await ServedShop.Start();
        var names = shop.Bundle.Model.Space.Columns;
        string state = "";
        // One that ends before it is told to was too short.
        for (int rows = 20_000; state != "cancelled" && rows < 10_000_000; rows *= 4)
        {
            string id = await shop.Begin(Long(names, rows));
            using (var told = await shop.Http.DeleteAsync(new Uri($"/api/v1/batches/{id}", UriKind.Relative)))
                if ((int)told.StatusCode == 204)
                    continue;
            var job = await shop.Ended(id);
            state = job.State();
            if (state == "cancelled")
                Assert.Equal((409, "urn:clientele:batches/no-result"), (await shop.Get($"/api/v1/batches/{id}/result")) is var (status, body) ? (status, body.GetProperty("type").GetString()) : default);
        }
        Assert.Equal("cancelled", state);
    }

    [Fact]
    public async Task More_jobs_than_may_wait_are_refused_and_told_when_to_come_again()
    {
        await using var shop = await ServedShop.Start(settings: "serve: {batch_waiting: 1}\n");
        using var slow = await Limits.LimitsTests.Raw.Open(shop);
        await slow.Send("POST /api/v1/batches HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100", await slow.Line(), StringComparison.Ordinal);       // it is arriving

        var (status, problem, _) = await shop.Send("a,b\n");

        Assert.Equal((429, "urn:clientele:limits/batches"), (status, problem.GetProperty("type").GetString()));
        await slow.Send("a\n");
        Assert.Equal("", await slow.Line());
        Assert.StartsWith("HTTP/1.1 400", await slow.Line(), StringComparison.Ordinal);
        Assert.Equal(400, (await shop.Send("a,b\n")).Status);
    }

    [Fact]
    public async Task Too_large_a_file_is_refused_and_too_many_rows_fail_the_job()
    {
        await using var shop = await ServedShop.Start(settings: "serve: {batch_mib: 1, batch_rows: 100}\n");
        var names = shop.Bundle.Model.Space.Columns;

        var (status, problem, _) = await shop.Send(Long(names, 60_000));
        var job = await shop.Batch(Long(names, 101));

        Assert.Equal((413, "urn:clientele:request/too-large"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal(("failed", "urn:clientele:batches/rows"), (job.State(), job.GetProperty("problem").GetProperty("type").GetString()));
        Assert.Equal("completed", (await shop.Batch(Long(names, 100))).State());
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(shop.Folder, "batches")).Length);
    }

    [Fact]
    public async Task Operators_make_and_end_jobs_and_viewers_look()
    {
        var texts = new Dictionary<Role, string>();
        await using var shop = await ServedShop.Start(keys: async keys =>
        {
            foreach (var role in (Role[])[Role.Viewer, Role.Operator])
                texts[role] = (await keys.Create($"{role}", role, null, "tester")).Text;
        });
        string table = BatchClient.Table(shop.Bundle.Model.Space.Columns, Bundles.Customers(10, 2, seed: 1));

        var (refused, _) = await As(Role.Viewer, HttpMethod.Post, "/api/v1/batches", table);
        var (taken, text) = await As(Role.Operator, HttpMethod.Post, "/api/v1/batches", table);
        string id = JsonDocument.Parse(text).RootElement.Id();
        await ServedShop.Until(async () => (await As(Role.Viewer, HttpMethod.Get, $"/api/v1/batches/{id}")).Text.Contains("\"completed\"", StringComparison.Ordinal));

        Assert.Equal((403, 202), (refused, taken));
        Assert.StartsWith("Operator (", JsonDocument.Parse(text).RootElement.GetProperty("created_by").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (await As(Role.Viewer, HttpMethod.Get, $"/api/v1/batches/{id}/result")).Status);
        Assert.Equal(403, (await As(Role.Viewer, HttpMethod.Delete, $"/api/v1/batches/{id}")).Status);
        Assert.Equal(204, (await As(Role.Operator, HttpMethod.Delete, $"/api/v1/batches/{id}")).Status);

        async Task<(int Status, string Text)> As(Role role, HttpMethod method, string path, string? body = null)
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "text/csv") };
            request.Headers.Authorization = new("Bearer", texts[role]);
            using var response = await shop.Http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task An_ended_job_goes_when_its_days_are_over()
    {
        await using var shop = await ServedShop.Start(settings: "serve: {batch_days: 3}\n");
        var job = await shop.Batch(Long(shop.Bundle.Model.Space.Columns, 2));
        Assert.Equal(job.GetProperty("ended_at").GetDateTimeOffset().AddDays(3), job.GetProperty("expires_at").GetDateTimeOffset());

        string standing = Path.Combine(shop.Folder, "batches", job.Id(), "standing.json");
        var past = JsonNode.Parse(await File.ReadAllTextAsync(standing))!;
        past["ended_at"] = job.GetProperty("ended_at").GetDateTimeOffset().AddDays(-3);
        await File.WriteAllTextAsync(standing, past.ToJsonString());

        await ServedShop.Until(async () => (await shop.Get($"/api/v1/batches/{job.Id()}")).Status == 404);
        await ServedShop.Until(() => Task.FromResult(!Directory.EnumerateDirectories(Path.Combine(shop.Folder, "batches")).Any()));
    }

    [Fact]
    public async Task A_job_is_answered_by_the_model_it_began_with()
    {
        await using var shop = await ServedShop.Start();
        var rows = Bundles.Customers(10, 4, seed: 2);
        string table = BatchClient.Table(shop.Bundle.Model.Space.Columns, rows);
        var first = await shop.Batch(table);
        string id = first.Id(), folder = Path.Combine(shop.Folder, "batches", id), result = await shop.Result(first);
        await shop.Promote(Bundles.Segments(9));
        await ServedShop.Until(async () => (await shop.Get("/api/v1/model")).Body.GetProperty("model_version").GetInt64() == 2);

        // As if the service had been killed before it began.
        await File.WriteAllTextAsync(Path.Combine(folder, "input"), table);
        await File.WriteAllTextAsync(Path.Combine(folder, "standing.json"), """{"state": "Waiting", "passed_over": []}""");
        var again = await shop.Ended(id);

        Assert.Equal(("completed", 1L), (again.State(), again.GetProperty("model_version").GetInt64()));
        Assert.Equal(result, await shop.Result(again));
        var now = await shop.Batch(table);
        Assert.Equal(2, now.GetProperty("model_version").GetInt64());
        Assert.NotEqual(result, await shop.Result(now));
    }

    [Fact]
    public async Task A_file_of_the_batch_folder_is_scored_and_nothing_outside_of_it_can_be_reached()
    {
        await using var shop = await ServedShop.Start(settings: "serve: {batch_folder: in, batch_waiting: 1000}\n");
        string inside = Directory.CreateDirectory(Path.Combine(shop.Folder, "in", "march")).FullName, table = BatchClient.Table(shop.Bundle.Model.Space.Columns, Bundles.Customers(10, 3, seed: 1));
        foreach (string path in (string[])[Path.Combine(inside, "all customers.csv"), Path.Combine(shop.Folder, "outside.csv"), Path.Combine(shop.Folder, "in", ".hidden.csv")])
            await File.WriteAllTextAsync(path, table);
        File.CreateSymbolicLink(Path.Combine(inside, "link.csv"), Path.Combine(shop.Folder, "outside.csv"));
        Directory.CreateSymbolicLink(Path.Combine(shop.Folder, "in", "up"), shop.Folder);
        Process.Start("mkfifo", [Path.Combine(inside, "pipe.csv")])!.WaitForExit();

        var (status, body) = await shop.Post("/api/v1/batches", new { source = "march/all customers.csv" });
        Assert.Equal((202, "march/all customers.csv"), (status, body.GetProperty("source").GetString()));
        Assert.Equal((3, 3, 3, 0), (await shop.Ended(body.Id())).Rows());

        string[] own = ["march/link.csv", "up/outside.csv", "march/pipe.csv", "march", "march/", "../outside.csv", "in/../../outside.csv", ".hidden.csv", "march/../.hidden.csv", Path.Combine(shop.Folder, "outside.csv"), "march//all customers.csv", "march/all customers.csv/", "missing.csv"];
        foreach (string payload in own.Concat(Payloads.Traversals).Concat(Payloads.Addresses))
            foreach (string source in (string[])[payload, $"march/{payload}", $"{payload}.csv", $"{payload}/march/all customers.csv"])
            {
                var answer = await Exchange.Send(shop, "POST", "/api/v1/batches", Encoding.UTF8.GetBytes(new JsonObject { ["source"] = source, ["format"] = "csv" }.ToJsonString()));
                Soundness.Check(answer, source);
                Assert.True(answer.Status == 400, $"{source}: {answer.Status} {answer.Body}");
            }
        Assert.Single(Directory.GetDirectories(Path.Combine(shop.Folder, "batches")));
    }

    [Fact]
    public async Task Without_a_batch_folder_no_path_is_taken()
    {
        await using var shop = await ServedShop.Start();
        var (status, problem) = await shop.Post("/api/v1/batches", new { source = "orders.csv" });
        Assert.Equal((400, "urn:clientele:batches/folder"), (status, problem.GetProperty("type").GetString()));
    }

    /// <summary>The same row again and again.</summary>
    internal static string Long(IReadOnlyList<string> names, int rows)
    {
        string row = $"{string.Join(',', names.Select((_, i) => $"{i + 1}.25"))}\n";
        var file = new StringBuilder($"{string.Join(',', names)}\n");
        for (int i = 0; i < rows; i++)
            file.Append(row);
        return file.ToString();
    }
}
