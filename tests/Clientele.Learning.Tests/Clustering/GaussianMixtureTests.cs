using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class GaussianMixtureTests
{
    private static readonly MixtureCovariance[] Kinds = Enum.GetValues<MixtureCovariance>();

    [Theory]        // source: reference/science.md C3, scikit-learn 1.2.1, full covariances, best of ten starts at a tight tolerance
    [InlineData(1, -379.914630, 829.978155)]
    [InlineData(2, -214.354705, 574.017833)]
    [InlineData(3, -180.185478, 580.838909)]
    public void Iris_has_the_known_likelihood(int k, double logLikelihood, double bic)
    {
        var fit = GaussianMixture.Fit(Tables.Iris.Rows, new() { Components = k, Restarts = 10, Tolerance = 1e-8, MaxIterations = 5000 });
        Assert.Equal(logLikelihood, fit.LogLikelihood, 2e-6);
        Assert.Equal(bic, fit.Bic, 2e-6);
        Assert.True(fit.Converged);
    }

    [Fact]          // source: the same; four components have many tops, and a higher one is no worse
    public void Iris_with_four_components_is_at_least_as_likely_as_known_and_two_have_the_least_bic()
    {
        var fits = Enumerable.Range(1, 4).Select(k => GaussianMixture.Fit(Tables.Iris.Rows, new() { Components = k, Restarts = 10, Tolerance = 1e-8, MaxIterations = 5000 })).ToList();
        Assert.True(fits[3].LogLikelihood >= -163.061854 - 2e-6, $"{fits[3].LogLikelihood}");
        Assert.Equal(2, fits.MinBy(fit => fit.Bic)!.Model.Clusters);
    }

    private sealed record PeerMixture(
        double[] Weights, double[] Means, double[] Covariances, double LogLikelihood, double Bic, double Aic, int Iterations, bool Converged, double[] Memberships, int[] Labels);

    [Theory]
    [InlineData("iris", 3, 4, 3), InlineData("wine", 3, 5, 2)]
    public void From_the_same_start_every_step_is_the_peers(string name, params int[] components)
    {
        var rows = name == "iris" ? Tables.Iris.Rows : Tables.Wine.Rows.Standardised();
        var starts = Kinds.Zip(components, (kind, k) => GaussianMixture.Fit(rows, new() { Components = k, Covariance = kind, Restarts = 1, MaxIterations = 1, Tolerance = 0 }).Model)
            .SelectMany(model => new[] { (Model: model, Iterations: 7, Tolerance: 0.0), (Model: model, Iterations: 500, Tolerance: 1e-5) }).ToList();
        var peers = PeerScript.Ask<PeerMixture[]>("cluster_models.py", new
        {
            what = "mixtures",
            starts = starts.Select(start => new
            {
                kind = start.Model.Covariance switch { MixtureCovariance.Full => "full", MixtureCovariance.Diagonal => "diag", _ => "tied" },
                start.Iterations,
                start.Tolerance,
                start.Model.Weights,
                means = Lines(start.Model.Means),
                covariances = start.Model.Covariance == MixtureCovariance.Full
                    ? (object)Enumerable.Range(0, start.Model.Clusters).Select(c => Lines(start.Model.CovarianceOf(c))) : Lines(start.Model.Covariances),
            }),
        }, rows);
        foreach (var (start, peer) in starts.Zip(peers))
        {
            var fit = GaussianMixture.Fit(rows, new()
            {
                Components = start.Model.Clusters,
                Covariance = start.Model.Covariance,
                Start = start.Model,
                MaxIterations = start.Iterations,
                Tolerance = start.Tolerance,
            });
            Assert.Equal((peer.Iterations, peer.Converged), (fit.Iterations, fit.Converged));
            Assert.Equal(peer.LogLikelihood, fit.LogLikelihood, 1e-7);
            Assert.Equal(peer.Bic, fit.Bic, 1e-6);
            Assert.Equal(peer.Aic, fit.Aic, 1e-6);
            Near(peer.Weights, fit.Model.Weights, 1e-9);
            Near(peer.Means, fit.Model.Means.Values, 1e-8);
            Near(peer.Covariances, fit.Model.Covariances.Values, 1e-8);
            Near(peer.Memberships, fit.Model.Memberships(rows).Values, 1e-7);
            Assert.Equal(peer.Labels, fit.Labels);
        }
    }

    [Fact]
    public void A_fit_is_a_top_that_plain_formulas_confirm() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, k) = (Small(c), Math.Min(c.Clusters, 4));
        var kind = Kinds[c.Rows % 3];
        var model = GaussianMixture.Fit(rows, new() { Components = k, Covariance = kind, Restarts = 1, MaxIterations = 5, Seed = c.Seed }).Model;
        double[] fast = model.LogDensities(rows);
        var memberships = model.Memberships(rows);
        for (int i = 0; i < rows.Rows; i++)
        {
            double[] logs = [.. Enumerable.Range(0, k).Select(m => Math.Log(model.Weights[m]) + PlainLogDensity(model, m, rows.Row(i).ToArray()))];
            double best = logs.Max(), plain = best + Math.Log(logs.Sum(log => Math.Exp(log - best)));
            if (Math.Abs(plain - fast[i]) > 1e-6 * (1 + Math.Abs(plain))
                || Math.Abs(memberships.Row(i).ToArray().Sum() - 1) > 1e-12
                || Enumerable.Range(0, k).Any(m => Math.Abs(memberships[i, m] - Math.Exp(logs[m] - plain)) > 1e-5))
                return false;
        }
        return model.Weights.All(weight => weight > 0) && Math.Abs(model.Weights.Sum() - 1) < 1e-12;
    }).Holds();

    [Fact]
    public void Every_step_makes_the_rows_more_likely() => Prop.ForAll(Case.Any, c =>
    {
        // Rows enough that no covariance is singular, and hardly a ridge: that pulls a little the other way.
        var (rows, k) = (Small(c with { Rows = c.Rows + 150, Columns = Math.Min(c.Columns, 3) }), Math.Min(c.Clusters, 3));
        var kind = Kinds[c.Rows % 3];
        double before = double.NegativeInfinity;
        for (int steps = 1; steps < 8; steps++)
        {
            double now = GaussianMixture.Fit(rows, new() { Components = k, Covariance = kind, Restarts = 1, MaxIterations = steps, Tolerance = 0, Ridge = 1e-12, Seed = c.Seed }).LogLikelihood;
            if (now < before - 1e-7 * (1 + Math.Abs(before)))
                return false;
            before = now;
        }
        return true;
    }).Holds(50);

    [Fact]
    public void The_same_bits_on_any_number_of_threads()
    {
        var random = new RandomStream(5);
        foreach (int n in new[] { 301, 30_000 })
            foreach (var kind in Kinds)
            {
                var rows = new Matrix(n, 3, [.. Enumerable.Range(0, n * 3).Select(i => random.Gaussian() + i / 3 % 3 * 4)]);
                var (one, four) = (Fit(1), Fit(4));
                Assert.Equal(one.Model.Means.Values, four.Model.Means.Values);
                Assert.Equal(one.Model.Covariances.Values, four.Model.Covariances.Values);
                Assert.Equal(one.LogLikelihood, four.LogLikelihood);
                Assert.Equal(one.Labels, four.Labels);
                GaussianMixtureFit Fit(int threads) => GaussianMixture.Fit(rows, new() { Components = 3, Covariance = kind, Restarts = 2, MaxIterations = 10, Threads = threads });
            }
    }

    [Fact]
    public void Planted_components_come_back_with_weights_means_and_covariances()
    {
        var random = new RandomStream(11);
        const int n = 40_000;
        var rows = new Matrix(n, 2);
        for (int i = 0; i < n; i++)
        {
            (double u, double v) = (random.Gaussian(), random.Gaussian());
            (rows[i, 0], rows[i, 1]) = i % 4 == 0 ? (6 + u, 1 + 0.8 * u + 0.6 * v) : (2 * u, v);
        }
        var model = GaussianMixture.Fit(rows, new() { Components = 2 }).Model;
        int small = model.Weights[0] < model.Weights[1] ? 0 : 1;
        Assert.Equal(0.25, model.Weights[small], 0.01);
        Assert.Equal(6, model.Means[small, 0], 0.05);
        Assert.Equal(0.8, model.CovarianceOf(small)[0, 1], 0.05);
        Assert.Equal(4, model.CovarianceOf(1 - small)[0, 0], 0.1);
    }

    [Fact]
    public void Rows_in_another_order_have_the_same_likelihood()
    {
        var rows = Tables.Iris.Rows;
        var start = GaussianMixture.Fit(rows, new() { Components = 3 }).Model;
        var mixed = rows.Take(new RandomStream(9).Permutation(rows.Rows));
        double one = GaussianMixture.Fit(rows, new() { Components = 3, Start = start, Tolerance = 1e-7 }).LogLikelihood;
        double other = GaussianMixture.Fit(mixed, new() { Components = 3, Start = start, Tolerance = 1e-7 }).LogLikelihood;
        Assert.Equal(one, other, 1e-8);
    }

    [Theory]
    [InlineData(1e-30), InlineData(1), InlineData(1e30)]
    public void Any_magnitude_has_a_finite_answer(double scale)
    {
        var rows = new Matrix(150, 4, [.. Tables.Iris.Rows.Values.Select(value => value * scale)]);
        foreach (var kind in Kinds)
        {
            var fit = GaussianMixture.Fit(rows, new() { Components = 2, Covariance = kind, Restarts = 2 });
            Assert.True(double.IsFinite(fit.LogLikelihood));
            Assert.All(fit.Model.Memberships(rows).Values, share => Assert.InRange(share, 0, 1));
        }
    }

    [Fact]
    public void Constant_columns_identical_rows_and_a_single_row_have_an_answer()
    {
        var flat = new Matrix(40, 3, [.. Enumerable.Range(0, 120).Select(i => i % 3 == 1 ? 7.0 : i * 37 % 11)]);
        foreach (var kind in Kinds)
        {
            Assert.True(double.IsFinite(GaussianMixture.Fit(flat, new() { Components = 2, Covariance = kind }).LogLikelihood));
            Assert.Equal([5, 5], GaussianMixture.Fit(new(9, 2, [.. Enumerable.Repeat(5.0, 18)]), new() { Components = 1, Covariance = kind }).Model.Means.Values);
            Assert.Equal([1, 2], GaussianMixture.Fit(new(1, 2, [1, 2]), new() { Components = 1, Covariance = kind }).Model.Means.Values);
        }
    }

    [Fact]
    public void Too_few_rows_and_values_that_are_no_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianMixture.Fit(new(2, 1, [1, 2]), new() { Components = 3 }));
        Assert.Throws<ArgumentException>(() => GaussianMixture.Fit(new(6, 1, [1, 1, 1, 1, 1, 1]), new() { Components = 2 }));
        Assert.Equal((1, 0), Assert.Throws<NotFiniteException>(() => GaussianMixture.Fit(new(2, 1, [1, double.NaN]), new() { Components = 1 })) is var error ? (error.Row, error.Column) : default);
        Assert.Throws<OperationCanceledException>(() => GaussianMixture.Fit(Tables.Iris.Rows, new() { Components = 2 }, cancel: new(canceled: true)));
    }

    [Fact]
    public void A_model_survives_json_to_the_bit_and_takes_components_in_any_order()
    {
        var rows = Tables.Wine.Rows.Standardised();
        foreach (var kind in Kinds)
        {
            var model = GaussianMixture.Fit(rows, new() { Components = 3, Covariance = kind }).Model;
            var back = JsonSerializer.Deserialize<IClusterModel>(JsonSerializer.Serialize<IClusterModel>(model))!;
            Assert.Equal(model.Assign(rows).Distances, back.Assign(rows).Distances);
            Assert.Equal(model.Assign(rows).Labels, back.Assign(rows).Labels);
            Assert.Equal(model.LogDensities(rows), ((GaussianMixtureModel)back).LogDensities(rows));
            var turned = model.Take([2, 0, 1]).Assign(rows);
            Assert.Equal(model.Assign(rows).Labels.Select(label => (label + 1) % 3), turned.Labels);
        }
    }

    [Fact]
    public void Fewer_components_share_the_whole_weight()
    {
        var model = GaussianMixture.Fit(Tables.Iris.Rows, new() { Components = 3 }).Model;
        var two = (GaussianMixtureModel)model.Take([2, 0]);
        Assert.Equal(1, two.Weights.Sum(), 1e-15);
        Assert.Equal(model.CovarianceOf(2).Values, two.CovarianceOf(0).Values);
    }

    [Fact]
    public void A_step_allocates_nothing_that_grows_with_the_rows()
    {
        var random = new RandomStream(4);
        long few = PerStep(5_000), many = PerStep(50_000);
        Assert.InRange(many - few, -16_384, 16_384);        // an array of a number for each row would be 400,000

        long PerStep(int n)
        {
            var rows = new Matrix(n, 4, [.. Enumerable.Range(0, n * 4).Select(_ => random.Gaussian())]);
            var start = GaussianMixture.Fit(rows, new() { Components = 3, MaxIterations = 1, Threads = 1, Restarts = 1 }).Model;
            return (Bytes(21) - Bytes(1)) / 20;
            long Bytes(int steps)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                GaussianMixture.Fit(rows, new() { Components = 3, Start = start, MaxIterations = steps, Tolerance = 0, Threads = 1 });
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
    }

    [Fact]
    public void A_row_far_out_still_has_its_component() =>
        Assert.InRange(GaussianMixture.Fit(Tables.Iris.Rows, new() { Components = 2 }).Model.Assign(new(1, 4, [1e160, 1e160, 0, 0])).Labels[0], 0, 1);

    // No more than six columns of size 1, so that no covariance is singular but for its ridge.
    private static Matrix Small(Case c) => (c with { Exponent = 0, Columns = Math.Min(c.Columns, 6) }).Table();

    // By Gauss's elimination on the covariance itself: the twin that shares nothing with the whitening factor.
    private static double PlainLogDensity(GaussianMixtureModel model, int component, double[] row)
    {
        int d = row.Length;
        var stored = model.CovarianceOf(component);
        double[,] a = new double[d, d + 1];
        for (int p = 0; p < d; p++)
        {
            for (int q = 0; q < d; q++)
                a[p, q] = model.Covariance == MixtureCovariance.Diagonal ? p == q ? stored[0, p] : 0 : stored[p, q];
            a[p, d] = row[p] - model.Means[component, p];
        }
        double logDeterminant = 0, square = 0;
        for (int p = 0; p < d; p++)
        {
            logDeterminant += Math.Log(a[p, p]);
            square += a[p, d] * a[p, d] / a[p, p];
            for (int q = p + 1; q < d; q++)
            {
                double factor = a[q, p] / a[p, p];
                for (int r = p; r <= d; r++)
                    a[q, r] -= factor * a[p, r];
            }
        }
        return -0.5 * (d * Math.Log(2 * Math.PI) + logDeterminant + square);
    }

    private static IEnumerable<double[]> Lines(Matrix rows) => Enumerable.Range(0, rows.Rows).Select(i => rows.Row(i).ToArray());

    private static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
