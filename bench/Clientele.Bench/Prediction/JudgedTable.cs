using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>A table, and what the peers' five folds lose on it: bench/peers/tree_tables.py.</summary>
internal sealed record JudgedTable(Matrix Rows, double[] Target, int[] Categorical, string Loss, double[] Losses)
{
    /// <summary>Of forests, theirs and ours: more on small tables, where one forest differs from the next.</summary>
    public int Trees => Rows.Rows < 5_000 ? 300 : 100;

    /// <param name="shuffle">0: rows and columns as they are; else in another order, and so in other folds.</param>
    public static JudgedTable Ask(string table, string[] peers, int shuffle)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(Checkout.Root, "bench", "peers", "tree_tables.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string data = Path.GetDirectoryName(Path.GetDirectoryName(Checkout.Data("tables", "abalone.csv")))!;
        bool several = table.Split(':')[0] is "digits" or "wine" or "iris";
        python.StandardInput.WriteLine(new JsonObject { ["table"] = table, ["data"] = data, ["peers"] = new JsonArray([.. peers.Select(peer => (JsonNode)peer)]), ["rounds"] = several ? 50 : 100, ["shuffle"] = shuffle }.ToJsonString());
        python.StandardInput.Close();
        var memory = new MemoryStream();
        python.StandardOutput.BaseStream.CopyTo(memory);
        ReadOnlySpan<byte> answer = memory.ToArray();
        int end = answer.IndexOf((byte)'\n');
        var head = JsonNode.Parse(Encoding.UTF8.GetString(answer[..end]))!;
        int count = head["rows"]!.GetValue<int>(), columns = head["columns"]!.GetValue<int>();
        double[] values = MemoryMarshal.Cast<byte, double>(answer[(end + 1)..].ToArray()).ToArray();
        return new(new(count, columns, values[..(count * columns)]), values[(count * columns)..], [.. head["categorical"]!.AsArray().Select(j => j!.GetValue<int>())],
            head["loss"]!.GetValue<string>(), [.. peers.Select(peer => head["losses"]![peer]!.AsArray().Average(fold => fold!.GetValue<double>()))]);
    }

    /// <summary>RMSE of amounts; log loss of classes, or their Brier score where asked for.</summary>
    public double FiveFolds(Func<Matrix, double[], Func<Matrix, Matrix>> fit) => Enumerable.Range(0, 5).Average(fold =>
    {
        int[] train = [.. Enumerable.Range(0, Target.Length).Where(i => i % 5 != fold)], test = [.. Enumerable.Range(0, Target.Length).Where(i => i % 5 == fold)];
        var predicted = fit(Rows.Take(train), [.. train.Select(i => Target[i])])(Rows.Take(test));
        double mean = test.Select((i, at) => OfRow(Target[i], predicted.Row(at))).Average();
        return Loss == "squared" ? Math.Sqrt(mean) : mean;
    });

    private double OfRow(double y, ReadOnlySpan<double> predicted)
    {
        if (Loss == "squared")
            return (y - predicted[0]) * (y - predicted[0]);
        if (Loss != "brier")
            return -Math.Log(Math.Max(1e-15, predicted[(int)y]));
        double brier = 0;
        for (int k = 0; k < predicted.Length; k++)
            brier += Math.Pow(predicted[k] - (k == (int)y ? 1 : 0), 2);
        return brier;
    }
}
