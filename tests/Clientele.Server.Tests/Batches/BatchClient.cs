using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Clientele.Learning;

namespace Clientele.Tests.Batches;

/// <summary>Sends files to a served shop as a client would, and takes down what comes of them.</summary>
internal static class BatchClient
{
    public const string Csv = "text/csv", JsonLines = "application/jsonl", Parquet = "application/vnd.apache.parquet";

    public static async Task<(int Status, JsonElement Body, Uri? Location)> Send(this ServedShop shop, byte[] file, string type, string query = "")
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await shop.Http.PostAsync(new Uri($"/api/v1/batches{query}", UriKind.Relative), content);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement, response.Headers.Location);
    }

    public static Task<(int Status, JsonElement Body, Uri? Location)> Send(this ServedShop shop, string file, string type = Csv, string query = "") => shop.Send(Encoding.UTF8.GetBytes(file), type, query);

    /// <summary>Sends a file and waits until its job has ended.</summary>
    public static async Task<JsonElement> Batch(this ServedShop shop, string file, string type = Csv, string query = "") => await shop.Ended(await shop.Begin(file, type, query));

    /// <returns>The job's id.</returns>
    public static async Task<string> Begin(this ServedShop shop, string file, string type = Csv, string query = "")
    {
        var (status, body, location) = await shop.Send(file, type, query);
        Assert.True(status == 202, body.ToString());
        string id = body.GetProperty("id").GetString()!;
        Assert.Equal($"/api/v1/batches/{id}", location?.ToString());
        return id;
    }

    public static async Task<JsonElement> Ended(this ServedShop shop, string id)
    {
        JsonElement job = default;
        await ServedShop.Until(async () =>
        {
            job = (await shop.Get($"/api/v1/batches/{id}")).Body;
            return job.GetProperty("state").GetString() is "completed" or "failed" or "cancelled";
        });
        return job;
    }

    public static string Id(this JsonElement job) => job.GetProperty("id").GetString()!;

    public static string State(this JsonElement job) => job.GetProperty("state").GetString()!;

    /// <summary>Rows in all, scored and set aside.</summary>
    public static (long Total, long Read, long Scored, long Quarantined) Rows(this JsonElement job)
    {
        var rows = job.GetProperty("rows");
        return (rows.GetProperty("total").GetInt64(), rows.GetProperty("read").GetInt64(), rows.GetProperty("scored").GetInt64(), rows.GetProperty("quarantined").GetInt64());
    }

    public static Task<string> Result(this ServedShop shop, JsonElement job) => shop.Http.GetStringAsync(new Uri($"/api/v1/batches/{job.Id()}/result", UriKind.Relative));

    public static async Task<List<JsonElement>> Lines(this ServedShop shop, JsonElement job, string what = "result") =>
        [.. (await shop.Http.GetStringAsync(new Uri($"/api/v1/batches/{job.Id()}/{what}?format=jsonl", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>A table with a column <c>id</c> and the features.</summary>
    public static string Table(IReadOnlyList<string> names, Matrix rows)
    {
        var text = new StringBuilder($"id,{string.Join(',', names)}\n");
        for (int i = 0; i < rows.Rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"c{i},{string.Join(',', Numbers(rows, i))}\n");
        return text.ToString();
    }

    public static IEnumerable<string> Numbers(Matrix rows, int i) => rows.Row(i).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture));
}
