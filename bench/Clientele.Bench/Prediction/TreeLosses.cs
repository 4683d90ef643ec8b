using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>
/// Mean test losses of five folds (row i is tested in fold i mod 5) on every table, beside the better of scikit-learn's HistGradientBoosting and XGBoost:
/// ours at the settings of each, the better of ours against the better of theirs. Forests beside scikit-learn's.
/// </summary>
internal static class TreeLosses
{
    private static readonly string[] Tables = ["diabetes", "breast_cancer", "friedman", "abalone", "red", "white", "california", "bike", "diamonds", "telco", "shoppers", "adult", "bank", "digits", "wine", "iris"];

    private static readonly BoostingOptions Levels = new() { Growth = TreeGrowth.LevelWise, Leaves = 0, Depth = 6, L2 = 1, MinLeafHessian = 1, MinLeafRows = 1 };

    public static Task Boosting(int seeds)
    {
        Console.WriteLine($"{"boosting",-15} {"HistGB",12} {"XGBoost",12} {"ours, leaves",13} {"ours, levels",13}   ratio of the better ones");
        Compare(Tables, ["histgb", "xgboost"], seeds, (table, seed) =>
        {
            var loss = table.Loss switch { "squared" => BoostingLoss.Squared, "logistic" => BoostingLoss.Logistic, _ => BoostingLoss.Softmax((int)table.Target.Max() + 1) };
            int rounds = table.Loss == "softmax" ? 50 : 100;
            // XGBoost doubles softmax's hessian: the same with half of λ, of the least hessian and of the rate.
            var levels = table.Loss == "softmax" ? Levels with { L2 = .5, MinLeafHessian = .5, LearningRate = .05 } : Levels;
            return [.. new[] { new(), levels }.Select(options => table.FiveFolds((rows, target) =>
            {
                var model = Learning.Boosting.Fit(rows, target, options with { Loss = loss, Rounds = rounds, Categorical = table.Categorical, Seed = (ulong)seed });
                return table.Loss == "squared" ? test => new(test.Rows, 1, model.Predict(test)) : test => model.Probabilities(test);
            }))];
        });
        return Task.CompletedTask;
    }

    public static Task Forest(int seeds)
    {
        Console.WriteLine($"{"forest",-15} {"scikit-learn",12} {"ours",12}   ratio (classes: Brier)");
        string[] tables = [.. Tables.Where(name => name != "friedman").Select(name => name is "telco" or "shoppers" or "adult" or "bank" or "breast_cancer" or "digits" or "wine" or "iris" ? name + ":brier" : name)];
        Compare(tables, ["forest"], seeds, (table, seed) => [table.FiveFolds((rows, target) =>
        {
            int classes = table.Loss == "squared" ? 0 : (int)table.Target.Max() + 1;
            var model = RandomForest.Fit(rows, target, new() { Trees = table.Trees, Classes = classes, Categorical = table.Categorical, Seed = (ulong)seed });
            return classes == 0 ? test => new(test.Rows, 1, model.Predict(test)) : test => model.Probabilities(test);
        })]);
        return Task.CompletedTask;
    }

    private static void Compare(string[] names, string[] peers, int seeds, Func<JudgedTable, int, double[]> ours)
    {
        var ratios = new List<double>();
        foreach (string name in names)
        {
            var table = JudgedTable.Ask(name, peers);
            double[][] runs = [.. Enumerable.Range(0, seeds).Select(seed => ours(table, seed))];
            double[] means = [.. runs[0].Select((_, k) => runs.Average(run => run[k]))];
            ratios.Add(means.Min() / table.Losses.Min());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-15} {string.Join(' ', table.Losses.Select(l => $"{l,12:0.00000}"))} {string.Join(' ', means.Select(l => $"{l,13:0.00000}"))}   {ratios[^1]:0.0000}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean ratio {ratios.Average():0.0000}, worst {ratios.Max():0.0000}"));
        History.Add($"{string.Join(" or ", peers)}: our test loss over theirs, mean of {names.Length} tables", ratios.Average());
    }
}
