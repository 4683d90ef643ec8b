using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>
/// Mean test losses of five folds beside scikit-learn's HistGradientBoosting and XGBoost, ours at the settings of each, and beside scikit-learn's forest.
/// </summary>
/// <remarks>
/// The rule: a table is judged by the mean ratio of our loss to the peer's over repetitions, with its standard error. In the first, row i is tested in fold
/// i mod 5; in the others rows and columns stand in another order, the same for both sides. One set of folds of a small table moves the ratio by ten per cent.
/// </remarks>
internal static class TreeLosses
{
    public static string[] Small { get; } = ["diabetes", "breast_cancer", "red", "wine", "iris"];
    public static string[] Middle { get; } = ["friedman", "abalone", "white", "telco", "shoppers"];
    public static string[] Large { get; } = ["california", "bike", "diamonds", "adult", "bank"];

    private static readonly BoostingOptions Levels = new() { Growth = TreeGrowth.LevelWise, Leaves = 0, Depth = 6, L2 = 1, MinLeafHessian = 1, MinLeafRows = 1 };

    /// <param name="first">Number of the first repetition; 0 is the table as it lies.</param>
    public static Task Boosting(string[] tables, int repetitions, int first = 0) => Compare(tables, ["histgb", "xgboost"], first, repetitions, table =>
    {
        var loss = table.Loss switch { "squared" => TreeLoss.Squared, "logistic" => TreeLoss.Logistic, _ => TreeLoss.Softmax((int)table.Target.Max() + 1) };
        int rounds = table.Loss == "softmax" ? 50 : 100;
        // XGBoost doubles softmax's hessian: the same with half of λ, of the least hessian and of the rate.
        var levels = table.Loss == "softmax" ? Levels with { L2 = .5, MinLeafHessian = .5, LearningRate = .05 } : Levels;
        return [.. new[] { new(), levels }.Select(options => table.FiveFolds((rows, target) =>
        {
            var model = Learning.Boosting.Fit(rows, target, options with { Loss = loss, Rounds = rounds, Categorical = table.Categorical });
            return table.Loss == "squared" ? test => new(test.Rows, 1, model.Predict(test)) : test => model.Probabilities(test);
        }))];
    });

    /// <summary>Classes by Brier's score: pure leaves make the peer's log loss infinite.</summary>
    public static Task Forest(string[] tables, int repetitions) =>
        Compare([.. tables.Select(name => name is "telco" or "shoppers" or "adult" or "bank" or "breast_cancer" or "digits" or "wine" or "iris" ? name + ":brier" : name)], ["forest"], 0, repetitions, table =>
            [table.FiveFolds((rows, target) =>
            {
                int classes = table.Loss == "squared" ? 0 : (int)table.Target.Max() + 1;
                var model = RandomForest.Fit(rows, target, new() { Trees = table.Trees, Classes = classes, Categorical = table.Categorical });
                return classes == 0 ? test => new(test.Rows, 1, model.Predict(test)) : test => model.Probabilities(test);
            })]);

    /// <param name="ours">Our losses, at the settings of each peer.</param>
    private static Task Compare(string[] names, string[] peers, int first, int repetitions, Func<JudgedTable, double[]> ours)
    {
        Console.WriteLine($"{"ours / theirs",-16} {string.Join(' ', peers.Select(peer => $"{peer,26}"))} {"the better of each",26}");
        var best = new List<double>();
        foreach (string name in names)
        {
            var ratios = new List<double[]>();
            for (int repetition = first; repetition < first + repetitions; repetition++)
            {
                var table = JudgedTable.Ask(name, peers, repetition);
                double[] losses = ours(table);
                Console.WriteLine($"  {name}, order {repetition}: ours {string.Join(' ', losses.Select(loss => loss.ToString("G6", CultureInfo.InvariantCulture)))}, theirs {string.Join(' ', table.Losses.Select(loss => loss.ToString("G6", CultureInfo.InvariantCulture)))}");
                ratios.Add([.. losses.Zip(table.Losses, (mine, theirs) => mine / theirs), losses.Min() / table.Losses.Min()]);
            }
            var columns = Enumerable.Range(0, peers.Length + 1).Select(k => ratios.Select(ratio => ratio[k]).ToArray());
            Console.WriteLine($"{name,-16} {string.Join(' ', columns.Select(Shown))}");
            best.Add(ratios.Average(ratio => ratio[^1]));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean of the last {best.Average():0.0000}, worst {best.Max():0.0000}, {repetitions} repetitions"));
        History.Add($"{string.Join(" or ", peers)}: our test loss over theirs, mean of {string.Join(' ', names)}", best.Average());
        return Task.CompletedTask;
    }

    private static string Shown(double[] ratios)
    {
        double mean = ratios.Average(), error = Math.Sqrt(ratios.Sum(ratio => (ratio - mean) * (ratio - mean)) / Math.Max(1, ratios.Length - 1) / ratios.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{mean,10:0.0000} ± {error:0.0000} ({ratios[0]:0.000})");
    }
}
