using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Clientele.Registry;
using Clientele.Server.Batches;
using Clientele.Server.Challengers;
using Clientele.Server.Logging;
using Clientele.Server.Models;

namespace Clientele.Tests.Batches;

/// <summary>Whatever ends a process that is at work on a batch, the next one goes on and comes to the same bytes.</summary>
public sealed partial class ResumeTests
{
    [Fact]
    public async Task A_service_killed_in_the_middle_of_a_job_goes_on_when_it_starts_again()
    {
        await using var shop = await ServedShop.Start();
        var names = shop.Bundle.Model.Space.Columns;
        string part = string.Concat(BatchClient.Table(names, Bundles.Customers(10, 2_000, seed: 3)).SkipWhile(c => c != '\n').Skip(1)), header = $"id,{string.Join(',', names)}\n";
        string file = "", calm = "";
        await Prepare(16);
        await shop.Stop();
        for (int parts = 16; ; parts *= 2)
        {
            string id, standing;
            long saved = 0;
            await using (var first = await ServedProcess.Start(shop.Folder))
            {
                id = await Begin(first, file);
                standing = Path.Combine(shop.Folder, "batches", id, "standing.json");
                string state = "";
                while (saved == 0 && state != "Completed")
                {
                    var now = JsonDocument.Parse(await File.ReadAllTextAsync(standing)).RootElement;
                    await Task.Delay(1);
                    state = now.GetProperty("state").GetString()!;
                    saved = state == "Running" && now.TryGetProperty("progress", out var progress) ? progress.GetProperty("counts").GetProperty("read").GetInt64() : 0;
                }
                first.Kill();
            }
            if (JsonDocument.Parse(await File.ReadAllTextAsync(standing)).RootElement.GetProperty("state").GetString() == "Completed")
            {
                // It was too fast for us: a longer one.
                Assert.True(parts < 5_000);
                await Prepare(parts * 2);
                continue;
            }
            await using var second = await ServedProcess.Start(shop.Folder);
            JsonElement job = default;
            await ServedShop.Until(async () =>
            {
                job = JsonDocument.Parse(await second.Http.GetStringAsync(new Uri($"/api/v1/batches/{id}", UriKind.Relative))).RootElement;
                Assert.True(job.Rows().Read >= saved, "It began anew.");
                return job.State() == "completed";
            });
            Assert.True(calm == await second.Http.GetStringAsync(new Uri($"/api/v1/batches/{id}/result", UriKind.Relative)), "Other bytes than an undisturbed job's.");
            return;
        }

        async Task Prepare(int parts)
        {
            file = header + string.Concat(Enumerable.Repeat(part, parts));
            if (shop.Http is not null)
            {
                calm = await shop.Result(await shop.Batch(file));
                return;
            }
            await using var undisturbed = await ServedProcess.Start(shop.Folder);
            string id = await Begin(undisturbed, file);
            await ServedShop.Until(async () => (await undisturbed.Http.GetStringAsync(new Uri($"/api/v1/batches/{id}", UriKind.Relative))).Contains("\"completed\"", StringComparison.Ordinal));
            calm = await undisturbed.Http.GetStringAsync(new Uri($"/api/v1/batches/{id}/result", UriKind.Relative));
        }
    }

    [Fact]
    public async Task A_full_disk_fails_the_job_or_the_upload_and_not_the_service()
    {
        await using var shop = await ServedShop.Start();
        var names = shop.Bundle.Model.Space.Columns;
        await shop.Stop();
        // No file may grow beyond 512 KiB: the result is larger than this input. (The runtime itself would map a larger one to write code.)
        await using var cramped = await ServedProcess.Start(shop.Folder, "trap '' XFSZ; ulimit -f 512; export DOTNET_EnableWriteXorExecute=0;");
        string id = await Begin(cramped, JobTests.Long(names, 9_000));
        JsonElement job = default;
        await ServedShop.Until(async () =>
        {
            job = JsonDocument.Parse(await cramped.Http.GetStringAsync(new Uri($"/api/v1/batches/{id}", UriKind.Relative))).RootElement;
            return job.State() is "failed" or "completed";
        });
        Assert.Equal(("failed", "urn:clientele:batches/disk"), (job.State(), job.GetProperty("problem").GetProperty("type").GetString()));

        using var content = new StringContent(JobTests.Long(names, 20_000), Encoding.UTF8, "text/csv");
        using var refused = await cramped.Http.PostAsync(new Uri("/api/v1/batches", UriKind.Relative), content);
        Assert.Equal(507, (int)refused.StatusCode);
        Assert.Single(Directory.GetDirectories(Path.Combine(shop.Folder, "batches")));
        Assert.Equal(200, (int)(await cramped.Http.GetAsync(new Uri("/ready", UriKind.Relative))).StatusCode);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task From_every_checkpoint_the_work_comes_to_the_same_bytes(bool ofOrders)
    {
        var folder = Directory.CreateTempSubdirectory("clientele-batch-");
        try
        {
            var bundle = Bundles.WithOrders(1);
            await using var log = new PredictionLog(folder.FullName, new() { LogShare = 0 }, TimeProvider.System);
            await using var shadow = new Shadow();
            var model = new ServedModel(new ModelVersion("shop", 1, "", "", TimeProvider.System.GetUtcNow(), null), bundle, null, log, shadow);
            string path = Path.Combine(folder.FullName, "input");
            await File.WriteAllTextAsync(path, ofOrders ? Orders(20_000) : Mixed(bundle.Model.Space.Columns, 4_000));
            var input = BatchInput.Open(path, BatchFormat.Csv, model);
            var checkpoints = new List<BatchProgress>();
            var calm = Places("calm");
            var end = Work(calm, threads: 1).Run(null, checkpoints.Add, CancellationToken.None);
            (string result, string quarantine) = (await File.ReadAllTextAsync(calm.Result), await File.ReadAllTextAsync(calm.Quarantine));
            Assert.InRange(checkpoints.Count, ofOrders ? 3 : 5, 1_000);
            Assert.Equal(end.Rows, end.Counts.Read);
            Assert.Equal(end.Counts.Quarantined, Aside().Count(quarantine));
            foreach (var checkpoint in checkpoints)
            {
                var hurt = Places("hurt");
                // What stood there at the checkpoint, and what came after it and counts no more.
                await File.WriteAllTextAsync(hurt.Result, result[..Length(result, checkpoint.ResultBytes)] + "half a li");
                await File.WriteAllTextAsync(hurt.Quarantine, quarantine[..Length(quarantine, checkpoint.QuarantineBytes)] + "7,row/");

                var resumed = Work(hurt, threads: 3).Run(checkpoint, _ => { }, CancellationToken.None);

                Assert.Equal(end, resumed);
                Assert.True(result == await File.ReadAllTextAsync(hurt.Result));
                Assert.True(quarantine == await File.ReadAllTextAsync(hurt.Quarantine));
            }

            BatchWork Work(BatchPlaces places, int threads) => new(model, input, places, null, 1_000_000, threads) { BytesBetweenCheckpoints = 1, PartBytes = 64 << 10 };
            BatchPlaces Places(string name) => new(Path.Combine(folder.FullName, $"{name}.csv"), Path.Combine(folder.FullName, $"{name}-quarantine.csv"), Path.Combine(folder.FullName, $"{name}-parts"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // All ASCII but for what is set aside, which is written as UTF-8 all the same.
    private static int Length(string text, long bytes) => Encoding.UTF8.GetByteCount(text) == text.Length ? (int)bytes : throw new InvalidOperationException("The test's files are ASCII.");

    private static string Mixed(IReadOnlyList<string> names, int rows)
    {
        var random = new Random(8);
        var file = new StringBuilder($"id,{string.Join(',', names)}\n");
        for (int i = 0; i < rows; i++)
            file.Append(CultureInfo.InvariantCulture, $"\"c{i}{new string('\n', random.Next(3))}\",{string.Join(',', names.Select(_ => random.Next(300) == 0 ? "?" : random.Next(300) == 0 ? "1e300" : $"{random.NextDouble() * 1_000:R}"))}\n");
        return file.ToString();
    }

    private static string Orders(int lines)
    {
        var random = new Random(9);
        var file = new StringBuilder("customer,invoice,ordered_at,product,quantity,price,country\n");
        for (int i = 0; i < lines; i++)
            file.Append(CultureInfo.InvariantCulture, $"c{random.Next(2_000)},{i / 3},2025-{random.Next(1, 13):00}-{random.Next(1, 31):00},P{random.Next(40)},{random.Next(1, 9)},{random.Next(1, 900)}.5,Norway\n");
        return file.ToString();
    }

    [GeneratedRegex(@"^\d+,row/", RegexOptions.Multiline)]
    private static partial Regex Aside();

    private static async Task<string> Begin(ServedProcess service, string file)
    {
        using var content = new StringContent(file, Encoding.UTF8, "text/csv");
        using var response = await service.Http.PostAsync(new Uri("/api/v1/batches", UriKind.Relative), content);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 202, text);
        return JsonDocument.Parse(text).RootElement.Id();
    }
}
