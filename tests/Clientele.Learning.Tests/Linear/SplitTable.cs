using System.Text;
using System.Text.Json;

namespace Clientele.Learning.Tests;

/// <summary>A table in two parts: rows i (from 0) with i mod 5 = fold are the test part. reference/science.md D2.</summary>
internal sealed record SplitTable(Matrix Train, double[] TrainTargets, Matrix Test, double[] TestTargets)
{
    private static readonly Lazy<(Matrix Rows, double[] Targets)> RawDiabetes = new(ReadDiabetes);

    public int[] TrainLabels => [.. TrainTargets.Select(y => (int)y)];
    public int[] TestLabels => [.. TestTargets.Select(y => (int)y)];

    public static SplitTable Diabetes(int fold = 0) => Of(RawDiabetes.Value.Rows, RawDiabetes.Value.Targets, fold);

    /// <param name="first">The label that becomes 0.</param>
    public static SplitTable Of(Table table, int first, int fold = 0) => Of(table.Rows, [.. table.Labels.Select(label => (double)(label - first))], fold);

    /// <summary>U_ij = frac((i+1)·a_j), y = 10·sin(π·u₁·u₂) + 20·(u₃−.5)² + 10·u₄ + 5·u₅; 5,000 rows.</summary>
    public static SplitTable Friedman()
    {
        double[] a = [.7548776662466927, .5698402909980532, .8191725133961645, .6710436067037893, .5497004779019703];
        var rows = new Matrix(5000, 5);
        for (int i = 0; i < rows.Rows; i++)
            for (int j = 0; j < 5; j++)
                rows[i, j] = (i + 1) * a[j] - Math.Floor((i + 1) * a[j]);
        double[] y = [.. Enumerable.Range(0, rows.Rows).Select(i =>
            10 * Math.Sin(Math.PI * rows[i, 0] * rows[i, 1]) + 20 * Math.Pow(rows[i, 2] - .5, 2) + 10 * rows[i, 3] + 5 * rows[i, 4])];
        return Of(rows, y, 0);
    }

    private static SplitTable Of(Matrix rows, double[] targets, int fold)
    {
        int[] test = [.. Enumerable.Range(0, rows.Rows).Where(i => i % 5 == fold)], train = [.. Enumerable.Range(0, rows.Rows).Where(i => i % 5 != fold)];
        return new(rows.Take(train), [.. train.Select(i => targets[i])], rows.Take(test), [.. test.Select(i => targets[i])]);
    }

    private static (Matrix, double[]) ReadDiabetes()
    {
        using var answer = JsonDocument.Parse(PeerScript.Run("shipped_table.py", Encoding.UTF8.GetBytes("{\"table\": \"diabetes\"}\n")));
        double[] values = [.. answer.RootElement.GetProperty("rows").EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetDouble()))];
        double[] targets = [.. answer.RootElement.GetProperty("targets").EnumerateArray().Select(value => value.GetDouble())];
        return (new(targets.Length, 10, values), targets);
    }
}
