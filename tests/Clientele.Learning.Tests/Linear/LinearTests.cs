using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class LinearTests
{
    [Fact]
    public void Weights_count_as_repetitions() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, y, labels, w) = Supervised(c);
        int[] repeated = [.. Enumerable.Range(0, c.Rows).SelectMany(i => Enumerable.Repeat(i, (int)w[i]))];
        var again = rows.Take(repeated);
        double[] yAgain = [.. repeated.Select(i => y[i])];
        return Near(LeastSquares.Fit(rows, y, w).Model.Predict(rows), LeastSquares.Fit(again, yAgain).Model.Predict(rows), 1e-6)
            && Near(Ridge.Fit(rows, y, null, w).Standardised, Ridge.Fit(again, yAgain).Standardised, 1e-8)
            && Near(ElasticNet.Fit(rows, y, new() { Penalty = .1 }, w).Standardised, ElasticNet.Fit(again, yAgain, new() { Penalty = .1 }).Standardised, 1e-6)
            && Near(LogisticRegression.Fit(rows, labels, null, w).Standardised.Values, LogisticRegression.Fit(again, [.. repeated.Select(i => labels[i])]).Standardised.Values, 1e-8)
            && Near(Tweedie(rows, y, w), Tweedie(again, yAgain, null), 1e-8);
    }).Holds();

    [Fact]
    public void The_order_of_rows_does_not_matter() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, y, labels, w) = Supervised(c);
        int[] order = new RandomStream(c.Seed, 9).Permutation(c.Rows);
        var shuffled = rows.Take(order);
        double[] ys = [.. order.Select(i => y[i])], ws = [.. order.Select(i => w[i])];
        return Near(Ridge.Fit(rows, y, null, w).Standardised, Ridge.Fit(shuffled, ys, null, ws).Standardised, 1e-8)
            && Near(LogisticRegression.Fit(rows, labels, null, w).Standardised.Values, LogisticRegression.Fit(shuffled, [.. order.Select(i => labels[i])], null, ws).Standardised.Values, 1e-8)
            && Near(Tweedie(rows, y, w), Tweedie(shuffled, ys, ws), 1e-8);
    }).Holds();

    [Fact]
    public void The_units_of_columns_do_not_matter() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, y, labels, w) = Supervised(c);
        var scaled = new Matrix(c.Rows, c.Columns, [.. rows.Values.Select((x, i) => 3 + x * Math.Pow(10, i % c.Columns - 4))]);
        return Near(Ridge.Fit(rows, y, null, w).Standardised, Ridge.Fit(scaled, y, null, w).Standardised, 1e-6)
            && Near(LogisticRegression.Fit(rows, labels, null, w).Standardised.Values, LogisticRegression.Fit(scaled, labels, null, w).Standardised.Values, 1e-6)
            && Near(Tweedie(rows, y, w), Tweedie(scaled, y, w), 1e-6);
    }).Holds();

    [Fact]
    public void Residuals_of_least_squares_stand_at_right_angles_to_every_column() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, y, _, w) = Supervised(c);
        double[] predictions = LeastSquares.Fit(rows, y, w).Model.Predict(rows);
        var z = rows.Standardised();
        return Enumerable.Range(-1, c.Columns + 1).All(j =>
            Math.Abs(Enumerable.Range(0, c.Rows).Sum(i => w[i] * (y[i] - predictions[i]) * (j < 0 ? 1 : z[i, j]))) < 1e-7 * c.Rows * (1 + y.Max(Math.Abs)));
    }).Holds();

    [Fact]
    public void Aliased_columns_are_named_and_change_nothing()
    {
        var table = SplitTable.Diabetes();
        var rows = new Matrix(table.Train.Rows, 13);
        for (int i = 0; i < rows.Rows; i++)
        {
            var from = table.Train.Row(i);
            double[] with = [7, .. from[..4], from[0] - 2 * from[3] + 5, .. from[4..], from[9] * 1000];
            with.CopyTo(rows.Row(i));
        }
        var (whole, plain) = (LeastSquares.Fit(rows, table.TrainTargets), LeastSquares.Fit(table.Train, table.TrainTargets));
        Assert.Equal([0, 5, 12], whole.Aliased);
        Assert.Equal(plain.Model.Predict(table.Train), whole.Model.Predict(rows), (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(plain.DegreesOfFreedom, whole.DegreesOfFreedom);
        Assert.Equal(0, whole.Model.Coefficients[5]);
        Assert.Null(whole.Errors!.Columns[5]);
        Assert.Equal(plain.Errors!.Columns[9]!.Value, whole.Errors.Columns[11]!.Value, 1e-9);
        var (poisson, poissonPlain) = (TweedieRegression.Fit(rows, table.TrainTargets), TweedieRegression.Fit(table.Train, table.TrainTargets));
        Assert.Equal([0, 5, 12], poisson.Aliased);
        Assert.Equal(poissonPlain.Deviance, poisson.Deviance, 1e-9);
        int[] labels = [.. table.TrainTargets.Select(y => y > 140 ? 1 : 0)];
        var (logit, logitPlain) = (LogisticRegression.Fit(rows, labels, new() { Penalty = 0 }), LogisticRegression.Fit(table.Train, labels, new() { Penalty = 0 }));
        Assert.Equal([0, 5, 12], logit.Aliased);
        Assert.Equal(logitPlain.LogLoss, logit.LogLoss, 1e-10);
        Assert.Equal(logitPlain.Errors!.Columns[9]!.Value, logit.Errors!.Columns[11]!.Value, 1e-9);
    }

    [Fact]
    public void More_columns_than_rows_are_fitted_exactly_and_said()
    {
        var fit = LeastSquares.Fit(new(2, 3, [1, 2, 3, 4, 5, 7]), [1, 2]);
        Assert.Equal([1, 2], fit.Aliased);
        Assert.Equal([1, 2], fit.Model.Predict(new(2, 3, [1, 2, 3, 4, 5, 7])), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Null(fit.Errors);
        Assert.Null(fit.ResidualDeviation);
    }

    [Fact]
    public void Classes_without_overlap_have_no_unpenalised_fit_and_it_is_said()
    {
        var rows = new Matrix(4, 1, [1, 2, 3, 4]);
        Assert.False(LogisticRegression.Fit(rows, [0, 0, 1, 1], new() { Penalty = 0 }).Converged);
        Assert.True(LogisticRegression.Fit(rows, [0, 0, 1, 1]).Converged);
    }

    [Fact]
    public void Two_classes_as_multinomial_halve_the_coefficients_and_agree() => Prop.ForAll(Case.Any, c =>
    {
        // ½λ(‖β‖² + ‖−β‖²) at half the coefficients is ½·(λ/2)·‖2β‖²: the binary fit of half the penalty.
        var (rows, _, labels, w) = Supervised(c);
        int[] two = [.. labels.Select(label => Math.Min(label, 1))];
        var binary = LogisticRegression.Fit(rows, two, new() { Penalty = .5 }, w);
        var design = Design.Of(TrainingTable.Of(rows, [.. two.Select(label => (double)label)], w));
        var multinomial = new MultinomialObjective(design, design.Rows, two, 2, 1, 1).Minimise(100, default);
        return Near([.. multinomial.At[(c.Columns + 2)..].Select(b => 2 * b)], binary.Standardised.Values, 1e-7);
    }).Holds(30);

    [Theory]
    [InlineData("least squares"), InlineData("logistic"), InlineData("poisson")]
    public void Two_standard_errors_hold_the_truth_in_95_of_100_samples(string kind)
    {
        var random = new RandomStream(21);
        const int trials = 2000, rows = 150;
        int held = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            var x = new Matrix(rows, 2, [.. Enumerable.Range(0, 2 * rows).Select(_ => random.Gaussian())]);
            double[] predictor = [.. Enumerable.Range(0, rows).Select(i => .3 + .5 * x[i, 0] - .4 * x[i, 1])];
            var (estimate, error) = kind switch
            {
                "least squares" => First(LeastSquares.Fit(x, [.. predictor.Select(p => p + random.Gaussian())])),
                "logistic" => FirstLogit(LogisticRegression.Fit(x, [.. predictor.Select(p => random.Unit() < Softmax.Logistic(p) ? 1 : 0)], new() { Penalty = 0 })),
                _ => FirstTweedie(TweedieRegression.Fit(x, [.. predictor.Select(p => Poisson(Math.Exp(p)))], new() { Power = 1 })),
            };
            held += Math.Abs(estimate - .5) <= 1.96 * error ? 1 : 0;
        }
        Assert.Equal(.95, held / (double)trials, .02);

        (double, double) First(LeastSquaresFit fit) => (fit.Model.Coefficients[0], fit.Errors!.Columns[0]!.Value);
        (double, double) FirstLogit(LogisticFit fit) => (fit.Model.Coefficients[0, 0], fit.Errors!.Columns[0]!.Value);
        (double, double) FirstTweedie(TweedieFit fit) => (fit.Model.Predictor.Coefficients[0], fit.Errors!.Columns[0]!.Value);
        double Poisson(double mean)
        {
            double count = 0;
            for (double left = Math.Exp(-mean), product = random.Unit(); product > left; product *= random.Unit())
                count++;
            return count;
        }
    }

    [Fact]
    public void Fits_are_the_same_bits_on_any_number_of_threads()
    {
        var table = SplitTable.Friedman();
        int[] labels = [.. table.TrainTargets.Select(y => y > 18 ? 2 : y > 12 ? 1 : 0)];
        var (one, three) = (LogisticRegression.Fit(table.Train, labels, new() { Threads = 1 }), LogisticRegression.Fit(table.Train, labels, new() { Threads = 3 }));
        Assert.Equal(one.Standardised.Values, three.Standardised.Values);
        Assert.Equal(
            TweedieRegression.Fit(table.Train, table.TrainTargets, new() { Threads = 1 }).Standardised,
            TweedieRegression.Fit(table.Train, table.TrainTargets, new() { Threads = 3 }).Standardised);
    }

    [Fact]
    public void Models_survive_json_to_the_bit()
    {
        var table = SplitTable.Diabetes();
        int[] labels = [.. table.TrainTargets.Select(y => y > 200 ? 2 : y > 100 ? 1 : 0)];
        RoundTrip(LeastSquares.Fit(table.Train, table.TrainTargets), fit => fit.Model.Predict(table.Test));
        RoundTrip(Ridge.Fit(table.Train, table.TrainTargets), fit => fit.Model.Predict(table.Test));
        RoundTrip(ElasticNet.Fit(table.Train, table.TrainTargets), fit => fit.Model.Predict(table.Test));
        RoundTrip(LogisticRegression.Fit(table.Train, labels), fit => fit.Model.Probabilities(table.Test).Values);
        RoundTrip(TweedieRegression.Fit(table.Train, table.TrainTargets), fit => fit.Model.Predict(table.Test));
    }

    [Fact]
    public void What_is_no_number_is_refused_by_row_and_column()
    {
        var rows = new Matrix(3, 2, [1, 2, 3, double.NaN, 5, 6]);
        var refused = Assert.Throws<NotFiniteException>(() => LeastSquares.Fit(rows, [1, 2, 3]));
        Assert.Equal((1, 1), (refused.Row, refused.Column));
        rows[1, 1] = 4;
        refused = Assert.Throws<NotFiniteException>(() => Ridge.Fit(rows, [1, 2, double.PositiveInfinity]));
        Assert.Equal((2, 2), (refused.Row, refused.Column));
        refused = Assert.Throws<NotFiniteException>(() => TweedieRegression.Fit(rows, [1, 2, 3], null, [1, double.NaN, 1]));
        Assert.Equal((1, 3), (refused.Row, refused.Column));
        Assert.Throws<ArgumentException>(() => TweedieRegression.Fit(rows, [1, -2, 3]));
        Assert.Throws<ArgumentException>(() => TweedieRegression.Fit(rows, [1, 0, 3], new() { Power = 2 }));
        Assert.Throws<ArgumentException>(() => TweedieRegression.Fit(rows, [0, 0, 0]));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [0, 2, 2]));
        Assert.Throws<ArgumentException>(() => LeastSquares.Fit(rows, [1, 2, 3], [0, 0, 0]));
        Assert.Throws<ArgumentException>(() => LeastSquares.Fit(rows, [1, 2]));
    }

    [Fact]
    public void A_long_fit_can_be_cancelled()
    {
        var table = SplitTable.Diabetes();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => LeastSquares.Fit(table.Train, table.TrainTargets, cancel: source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => TweedieRegression.Fit(table.Train, table.TrainTargets, cancel: source.Token));
    }

    private static void RoundTrip<T>(T fit, Func<T, double[]> predict) =>
        Assert.Equal(predict(fit), predict(JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(fit))!));

    private static IReadOnlyList<double> Tweedie(Matrix rows, double[] y, double[]? weights) =>
        TweedieRegression.Fit(rows, [.. y.Select(Math.Abs)], new() { Penalty = .1 }, weights).Standardised;

    /// <summary>Rows of size 1, a target that depends on them, labels, and whole weights 1 … 3.</summary>
    private static (Matrix Rows, double[] Targets, int[] Labels, double[] Weights) Supervised(Case c)
    {
        var rows = (c with { Exponent = 0 }).Table();
        var random = new RandomStream(c.Seed, 5);
        double[] y = [.. Enumerable.Range(0, c.Rows).Select(i => 2 + rows.Row(i).ToArray().Sum() + random.Gaussian())];
        return (rows, y, c.Labels(), [.. Enumerable.Range(0, c.Rows).Select(_ => 1.0 + random.Below(3))]);
    }

    private static bool Near(IReadOnlyList<double> a, IReadOnlyList<double> b, double tolerance) =>
        a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance * (1 + Math.Abs(pair.First)));
}
