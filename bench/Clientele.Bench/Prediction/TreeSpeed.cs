using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>Boosting, forests and contributions against scikit-learn's and XGBoost's, at equal settings on the same rows and cores.</summary>
internal static class TreeSpeed
{
    private const int Rows = 200_000, Columns = 20, Explained = 2_000, ForestRows = 50_000, ForestTrees = 10;

    public static Task Boosting(int rounds)
    {
        var (rows, target) = Problem(Rows);
        foreach (bool classes in new[] { false, true })
        {
            string what = classes ? "yes or no" : "amounts";
            double[] y = classes ? [.. target.Select(value => value > 1.5 ? 1.0 : 0)] : target;
            var options = new BoostingOptions { Loss = classes ? TreeLoss.Logistic : TreeLoss.Squared };
            var model = Learning.Boosting.Fit(rows, y, options);
            using (var peer = Ask("boosting-fit", rows, y, classes))
                Ratio.Measure($"boosting fit, 200,000 × 20, 100 trees, 31 leaves, {what}", rounds, () => Learning.Boosting.Fit(rows, y, options), peer);
            using (var peer = Ask("boosting-predict", rows, y, classes))
                Ratio.Measure($"boosting predict, 200,000 × 20, 100 trees, 31 leaves, {what}", rounds, () => model.Predict(rows), peer);
        }
        return Task.CompletedTask;
    }

    public static Task Forest(int rounds)
    {
        var (rows, target) = Problem(ForestRows);
        double[] classes = [.. target.Select(value => value > 1.5 ? 1.0 : 0)];
        using (var peer = Ask("forest-fit", rows, target, classes: false))
            Ratio.Measure("forest fit, 50,000 × 20, 10 trees, amounts", rounds, () => RandomForest.Fit(rows, target, new() { Trees = ForestTrees }), peer);
        using (var peer = Ask("forest-fit", rows, classes, classes: true))
            Ratio.Measure("forest fit, 50,000 × 20, 10 trees, yes or no", rounds, () => RandomForest.Fit(rows, classes, new() { Trees = ForestTrees, Classes = 2 }), peer);
        return Task.CompletedTask;
    }

    public static Task Explain(int rounds)
    {
        var (rows, target) = Problem(Rows);
        var model = Learning.Boosting.Fit(rows, target);
        var some = rows.Take([.. Enumerable.Range(0, Explained)]);
        using var peer = Ask("contributions", rows, target, classes: false);
        Ratio.Measure("contributions of 2,000 rows × 20, 100 trees, 31 leaves", rounds, () => Contributions.Of(model, some), peer);
        return Task.CompletedTask;
    }

    private static Peer Ask(string work, Matrix rows, double[] target, bool classes) =>
        new("trees.py", new { work, classes = classes ? 2 : 0, trees = ForestTrees, explain = Explained }, [("rows", rows), ("target", new(target.Length, 1, target))]);

    // Eight columns matter, some only together.
    private static (Matrix Rows, double[] Target) Problem(int count)
    {
        var random = new RandomStream(1, 0);
        var rows = new Matrix(count, Columns, [.. Enumerable.Range(0, count * Columns).Select(_ => random.Gaussian())]);
        return (rows, [.. Enumerable.Range(0, count).Select(i =>
        {
            var x = rows.Row(i);
            return x[0] * x[1] + Math.Sin(2 * x[2]) + Math.Abs(x[3]) + x[4] + .5 * x[5] * x[6] + .3 * x[7] + .5 * random.Gaussian();
        })]);
    }
}
