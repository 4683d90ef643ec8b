using System.Text;
using System.Text.Json.Nodes;

namespace Clientele.Bench.Serving;

/// <summary>The demo shop, run once, and what is asked of its service: customers of its run, by their features.</summary>
/// <param name="Folder">The workspace's.</param>
/// <param name="Bundle">Folder of the bundle that is served.</param>
/// <param name="Bodies">Requests for predictions, one customer each.</param>
internal sealed record ServingShop(string Folder, string Bundle, IReadOnlyList<string> Bodies)
{
    private const int Customers = 256;

    public static async Task<ServingShop> Open()
    {
        string folder = Path.Combine(Checkout.Scratch, "serve-shop"), run = Path.Combine(folder, "runs", "latest");
        if (!File.Exists(Path.Combine(run, "segments.csv")))
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            await MeasuredProcess.Ours("demo", folder, "--quiet");
        }
        string bundle = Path.Combine(run, "model");
        var columns = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(bundle, "model.json")))!["space"]!["columns"]!.AsArray().Select(name => (string)name!).ToList();
        return new(folder, bundle, [.. (await Features(run, columns, Customers)).Select(customer => Body(customer.Id, columns, customer.Values))]);
    }

    /// <summary>The first customers of the run and the model's features of them, as text.</summary>
    /// <param name="columns">The model's features.</param>
    public static async Task<IReadOnlyList<(string Id, IReadOnlyList<string> Values)>> Features(string run, IReadOnlyList<string> columns, int most)
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(run, "segments.csv"));
        string[] header = Cells(lines[0]);
        int[] places = [.. columns.Select(name => Array.IndexOf(header, name))];
        return [.. lines.Skip(1).Take(most).Select(Cells).Select(cells => (cells[0], (IReadOnlyList<string>)[.. places.Select(place => cells[place])]))];
    }

    // Of a demo shop no cell holds a comma or a quote.
    private static string[] Cells(string line) => line.Replace("\"", "", StringComparison.Ordinal).Split(',');

    private static string Body(string id, IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        var body = new StringBuilder($$"""{"id": "{{id}}", "features": {""");
        foreach (var (i, name) in columns.Index())
            body.Append(i == 0 ? "" : ", ").Append('"').Append(name).Append("\": ").Append(values[i]);
        return body.Append("}}").ToString();
    }
}
