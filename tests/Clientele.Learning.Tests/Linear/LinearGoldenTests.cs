namespace Clientele.Learning.Tests;

/// <summary>Golden coefficients and losses of reference/science.md D2, to 1e-8 (a printed figure to half its last digit where it has fewer).</summary>
public sealed class LinearGoldenTests
{
    [Fact]
    public void Diabetes_has_the_known_least_squares_coefficients()
    {
        var table = SplitTable.Diabetes();
        var fit = LeastSquares.Fit(table.Train, table.TrainTargets);
        Assert.Equal(-337.2139153884, fit.Model.Intercept, 1e-8);
        Assert.Equal(
            [-.1869759964, -19.4926431122, 5.543009359, 1.1016024994, -1.1459463047, .8460792513, .2211730504, 2.7949726118, 73.6847226448, .3418998527],
            fit.Model.Coefficients, Near(1e-8));
        Assert.Equal(.5143953998, fit.RSquared!.Value, 1e-9);
        Assert.Equal(52.6871423984, Rmse(table, fit.Model), 1e-8);
        Assert.Empty(fit.Aliased);
    }

    [Fact]
    public void Predicting_the_mean_of_diabetes_costs_what_is_known()
    {
        var table = SplitTable.Diabetes();
        Assert.Equal(150.5184135977, table.TrainTargets.Average(), 1e-9);
        Assert.Equal(76.3935648, Rmse(table, new(table.TrainTargets.Average(), new double[10])), 1e-7);
    }

    [Fact]
    public void Diabetes_has_the_known_ridge_coefficients()
    {
        var table = SplitTable.Diabetes();
        var fit = Ridge.Fit(table.Train, table.TrainTargets, new() { Penalty = 1 });
        Assert.Equal(
            [-2.3919677169, -9.6303943539, 24.6181794439, 15.0117467456, -30.8517125771, 18.5392331189, -1.0430542510, 2.7448616041, 35.0337954503, 4.0735618724],
            fit.Standardised, Near(1e-8));
        Assert.Equal(52.6365778420, Rmse(table, fit.Model), 1e-8);
        Assert.Equal(52.5462215, Rmse(table, Ridge.Fit(table.Train, table.TrainTargets, new() { Penalty = 10 }).Model), 5e-8);
    }

    [Fact]
    public void Diabetes_has_the_known_lasso_coefficients()
    {
        var table = SplitTable.Diabetes();
        var fit = ElasticNet.Fit(table.Train, table.TrainTargets);
        Assert.Equal(
            [-.6478865729, -7.8373177868, 24.895899231, 13.4866050521, -6.1019406169, 0, -10.1094419535, 0, 25.2118493538, 3.2990218726],
            fit.Standardised, Near(1e-8));
        Assert.Equal((0d, 0d), (fit.Standardised[5], fit.Standardised[7]));
        Assert.Equal(52.5789180, Rmse(table, fit.Model), 5e-8);
        Assert.True(fit.Converged);
        Assert.InRange(fit.Gap, -1e-9, 1e-9);
    }

    [Fact]
    public void Diabetes_has_the_known_elastic_net_loss()
    {
        var table = SplitTable.Diabetes();
        Assert.Equal(54.4830718, Rmse(table, ElasticNet.Fit(table.Train, table.TrainTargets, new() { AbsoluteShare = .5 }).Model), 5e-8);
    }

    [Fact]
    public void Friedman_has_the_known_least_squares_coefficients()
    {
        var table = SplitTable.Friedman();
        var fit = LeastSquares.Fit(table.Train, table.TrainTargets);
        Assert.Equal(.1333163168, fit.Model.Intercept, 1e-8);
        Assert.Equal([6.7531250997, 6.8390972662, -.0787043166, 10.0583329989, 4.9901080701], fit.Model.Coefficients, Near(1e-8));
        Assert.Equal(2.4389187813, Rmse(table, fit.Model), 1e-8);
    }

    // The logistic figures there come from a solver that stops early (scikit-learn's lbfgs, its objective 3e-8 … 9e-7 above the least): ours go on to the
    // least value. So they agree to about 1e-4 with those, and to 1e-8 with the peer's Newton solver (LinearPeerTests).
    [Fact]
    public void Breast_cancer_has_the_known_logistic_coefficients_as_far_as_those_go()
    {
        var table = SplitTable.Of(Tables.BreastCancer, first: 1);
        var fit = LogisticRegression.Fit(table.Train, table.TrainLabels);
        Assert.True(fit.Converged);
        double intercept = fit.Model.Intercepts[0] + fit.Standardised.Row(0).ToArray().Zip(Offsets(table.Train)).Sum(pair => pair.First * pair.Second);
        Assert.Equal(.2429475344, intercept, 1e-4);
        Assert.Equal(
            [-.3623417119, -.6054865369, -.3729123124, -.4759037696, -.3825214801, .4280310042], fit.Standardised.Row(0)[..6].ToArray(), Near(1e-4));
        Assert.Equal(.0485344307, fit.LogLoss, 1e-6);
        double objective = table.TrainLabels.Length * fit.LogLoss + fit.Standardised.Values.Sum(b => b * b) / 2;
        Assert.InRange(objective, 29.0739490, 29.073949104997);      // the latter: at the golden coefficients
        var test = fit.Model.Probabilities(table.Test);
        Assert.Equal(.0941685036, LogLoss.Score(table.TestLabels, test), 1e-6);
        Assert.Equal(.964912, Accuracy(table.TestLabels, test), 5e-7);
        Assert.Equal(.996284, Roc.Area(table.TestLabels, test.Column(1)), 5e-7);
    }

    [Theory]
    [InlineData("digits", .1053581, .966667, .0296337), InlineData("wine", .0468846, 1, .0356773), InlineData("iris", .1122559, .966667, .1473360)]
    public void Multinomial_losses_are_the_known_ones(string name, double loss, double accuracy, double trainLoss)
    {
        var table = name switch
        {
            "digits" => SplitTable.Of(Tables.Digits, first: 0),
            "wine" => SplitTable.Of(Tables.Wine, first: 1),
            _ => SplitTable.Of(Tables.Iris, first: 1),
        };
        var fit = LogisticRegression.Fit(table.Train, table.TrainLabels);
        var test = fit.Model.Probabilities(table.Test);
        Assert.Equal(loss, LogLoss.Score(table.TestLabels, test), 5e-6);
        Assert.Equal(accuracy, Accuracy(table.TestLabels, test), 5e-7);
        Assert.Equal(trainLoss, fit.LogLoss, 5e-6);
    }

    [Fact]
    public void Five_fold_means_are_the_known_ones()
    {
        Assert.Equal(54.2474, Folds(f => SplitTable.Diabetes(f), t => Rmse(t, LeastSquares.Fit(t.Train, t.TrainTargets).Model)), 5e-5);
        Assert.Equal(54.2346, Folds(f => SplitTable.Diabetes(f), t => Rmse(t, Ridge.Fit(t.Train, t.TrainTargets, new() { Penalty = 10 }).Model)), 5e-5);
        Assert.Equal(.073966, Folds(f => SplitTable.Of(Tables.BreastCancer, 1, f), LogitLoss), 5e-6);
        Assert.Equal(.059661, Folds(f => SplitTable.Of(Tables.Wine, 1, f), LogitLoss), 5e-6);
        Assert.Equal(.108013, Folds(f => SplitTable.Of(Tables.Digits, 0, f), LogitLoss), 5e-6);
    }

    private static double Folds(Func<int, SplitTable> table, Func<SplitTable, double> loss) => Enumerable.Range(0, 5).Average(fold => loss(table(fold)));

    private static double LogitLoss(SplitTable table) =>
        LogLoss.Score(table.TestLabels, LogisticRegression.Fit(table.Train, table.TrainLabels).Model.Probabilities(table.Test));

    private static double Rmse(SplitTable table, LinearModel model) => RegressionScores.Of(table.TestTargets, model.Predict(table.Test)).Rmse;

    private static double Accuracy(int[] labels, Matrix probabilities) =>
        Enumerable.Range(0, labels.Length).Average(i => probabilities.Row(i).IndexOf(probabilities.Row(i).ToArray().Max()) == labels[i] ? 1.0 : 0);

    /// <summary>mean/deviation of every column: what an intercept on z-scores loses on the way to the units of the rows.</summary>
    private static IEnumerable<double> Offsets(Matrix rows)
    {
        var state = StandardScaler.Fit(rows);
        return state.Means.Zip(state.Scales, (mean, scale) => mean / scale);
    }

    private static Func<double, double, bool> Near(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;
}
