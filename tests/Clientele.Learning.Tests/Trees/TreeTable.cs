using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Clientele.Learning.Tests;

/// <summary>A table with a target, and what the peers' five folds made of it: bench/peers/tree_tables.py.</summary>
internal sealed record TreeTable(Matrix Rows, double[] Target, int[] Categorical, string Loss, Dictionary<string, double?[]> Losses, Dictionary<string, double?[]> Train)
{
    private sealed record Head(
        string Version, int Rows, int Columns, int[] Categorical, string Loss, Dictionary<string, double?[]> Losses, Dictionary<string, double?[]> Train);

    private static readonly string[] Both = ["histgb", "xgboost"], Forest = ["forest"];

    /// <summary>Rows that a leaf of the peer's forest of counts must have.</summary>
    public const int LeafOfCounts = 5;

    /// <summary>Other orders of the rows and columns, of which the first fold is asked for.</summary>
    public const int Shuffles = 4;

    /// <summary>All that tests ask for, so that the peers start once.</summary>
    private static readonly (string Table, int Rounds, string[] Peers)[] Asked =
    [
        .. from table in new[] { "breast_cancer", "breast_cancer small", "diabetes:pinball=.9" }
           from shuffle in Enumerable.Range(1, Shuffles) select ($"{table}#{shuffle}", 100, new[] { "histgb" }),
        ("digits", 50, []),
        ("diabetes", 100, [.. Both, .. Forest]), ("red", 100, [.. Both, .. Forest]), ("breast_cancer", 100, Both), ("friedman", 100, Both),
        ("wine", 50, Both), ("iris", 50, []), ("wine:brier", 0, Forest),
        ("diabetes:poisson", 100, [.. Both, .. Forest]), ("counts", 0, Forest), ("diabetes:tweedie=1.5", 100, Both), ("diabetes:gamma", 100, Both),
        ("diabetes:pinball=.1", 100, Both), ("diabetes:pinball=.5", 100, Both), ("diabetes:pinball=.9", 100, Both),
    ];

    private static readonly Lazy<Dictionary<string, TreeTable>> All = new(Ask);

    public static TreeTable Of(string table) => All.Value[table];

    private static Dictionary<string, TreeTable> Ask()
    {
        string asks = string.Concat(Asked.Select(ask =>
        {
            string[] parts = ask.Table.Split('#');
            (int shuffle, int folds) = parts.Length > 1 ? (int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), 1) : (0, 5);
            bool small = parts[0].EndsWith(" small", StringComparison.Ordinal);
            return JsonSerializer.Serialize(new
            {
                table = parts[0].Split(' ')[0],
                data = Clientele.Tests.TestData.Root,
                peers = ask.Peers,
                rounds = ask.Rounds,
                rate = small ? .05 : .1,
                leaves = small ? 8 : 31,
                trees = 200,
                leaf = ask.Table == "counts" ? LeafOfCounts : 1,
                shuffle,
                folds,
            }) + "\n";
        }));
        ReadOnlySpan<byte> answer = PeerScript.Run("tree_tables.py", Encoding.UTF8.GetBytes(asks));
        var tables = new Dictionary<string, TreeTable>();
        foreach (var (table, _, _) in Asked)
        {
            int end = answer.IndexOf((byte)'\n');
            var head = JsonSerializer.Deserialize<Head>(answer[..end], PeerScript.Snake)!;
            int count = head.Rows * head.Columns, bytes = (count + head.Rows) * sizeof(double);
            double[] values = MemoryMarshal.Cast<byte, double>(answer.Slice(end + 1, bytes).ToArray()).ToArray();
            tables[table] = new(new(head.Rows, head.Columns, values[..count]), values[count..], head.Categorical, head.Loss, head.Losses, head.Train);
            answer = answer[(end + 1 + bytes)..];
        }
        return tables;
    }

    /// <summary>Mean test loss of the five folds: row i is tested in fold i mod 5.</summary>
    public double FiveFolds(Func<Matrix, double[], Func<Matrix, Matrix>> fit, Func<double[], Matrix, double> loss) =>
        Enumerable.Range(0, 5).Average(fold => Fold(fold, fit, loss).Test);

    public (double Test, double Train) Fold(int fold, Func<Matrix, double[], Func<Matrix, Matrix>> fit, Func<double[], Matrix, double> loss)
    {
        int[] train = [.. Enumerable.Range(0, Target.Length).Where(i => i % 5 != fold)], test = [.. Enumerable.Range(0, Target.Length).Where(i => i % 5 == fold)];
        double[] Of(int[] rows) => [.. rows.Select(i => Target[i])];
        var predict = fit(Rows.Take(train), Of(train));
        return (loss(Of(test), predict(Rows.Take(test))), loss(Of(train), predict(Rows.Take(train))));
    }
}

/// <summary>The losses that science.md D2 states.</summary>
internal static class TestLoss
{
    public static double Rmse(double[] target, Matrix predicted) =>
        Math.Sqrt(target.Zip(predicted.Values, (y, p) => (y - p) * (y - p)).Average());

    public static double LogLoss(double[] target, Matrix probabilities) =>
        -target.Select((y, i) => Math.Log(Math.Max(1e-15, probabilities[i, (int)y]))).Average();

    public static double Brier(double[] target, Matrix probabilities) =>
        target.Select((y, i) => Enumerable.Range(0, probabilities.Columns).Sum(k => Math.Pow(probabilities[i, k] - (k == (int)y ? 1 : 0), 2))).Average();

    public static Func<double[], Matrix, double> Pinball(double level) => (target, predicted) =>
        target.Zip(predicted.Values, (y, p) => (y >= p ? level : level - 1) * (y - p)).Average();

    public static double PoissonDeviance(double[] target, Matrix predicted) =>
        target.Zip(predicted.Values, (y, p) => 2 * ((y > 0 ? y * Math.Log(y / p) : 0) - y + p)).Average();

    public static double GammaDeviance(double[] target, Matrix predicted) =>
        target.Zip(predicted.Values, (y, p) => 2 * (Math.Log(p / y) + y / p - 1)).Average();

    public static Func<double[], Matrix, double> TweedieDeviance(double power) => (target, predicted) =>
        target.Zip(predicted.Values, (y, p) => 2 * (Math.Pow(y, 2 - power) / ((1 - power) * (2 - power))
            - y * Math.Pow(p, 1 - power) / (1 - power) + Math.Pow(p, 2 - power) / (2 - power))).Average();
}
