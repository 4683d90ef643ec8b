using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Clientele.Learning.Tests;

/// <summary>Beside scikit-learn's solvers run to the last digits (bench/peers/linear_models.py), with weights.</summary>
public sealed class LinearPeerTests
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Answer(string Version, PeerModel[] Fits);

    private sealed record PeerModel(double[] Intercept, double[] Coefficients, double[] Errors);

    [Fact]
    public void Weighted_fits_equal_the_peers()
    {
        var table = SplitTable.Diabetes();
        double[] y = table.TrainTargets, w = Weights(y.Length);
        int[] labels = [.. y.Select(value => value > 200 ? 2 : value > 100 ? 1 : 0)];
        var peer = Ask(table.Train, y, w, labels,
            new { model = "least_squares" }, new { model = "ridge", penalty = 3 }, new { model = "elastic_net", penalty = 2, share = .7 },
            new { model = "logistic", penalty = .5 },
            new { model = "tweedie", power = 1, penalty = 0 }, new { model = "tweedie", power = 1.5, penalty = 0 }, new { model = "tweedie", power = 2, penalty = 0 },
            new { model = "tweedie", power = 1.5, penalty = .1 });

        var squares = LeastSquares.Fit(table.Train, y, w);
        Assert.Equal(peer[0].Coefficients, squares.Standardised, Near(1e-8));
        Equal(peer[0].Errors, squares.Errors!);
        Assert.Equal(peer[1].Coefficients, Ridge.Fit(table.Train, y, new() { Penalty = 3 }, w).Standardised, Near(1e-8));
        Assert.Equal(peer[2].Coefficients, ElasticNet.Fit(table.Train, y, new() { Penalty = 2, AbsoluteShare = .7 }, w).Standardised, Near(1e-8));
        Assert.Equal(peer[3].Coefficients, LogisticRegression.Fit(table.Train, labels, new() { Penalty = .5 }, w).Standardised.Values, Near(1e-8));
        double[] powers = [1, 1.5, 2];
        for (int i = 0; i < powers.Length; i++)
        {
            var fit = TweedieRegression.Fit(table.Train, y, new() { Power = powers[i] }, w);
            Assert.True(fit.Converged);
            Assert.Equal(peer[4 + i].Coefficients, fit.Standardised, Near(1e-8));
            Equal(peer[4 + i].Errors, fit.Errors!);
        }
        Assert.Equal(peer[7].Coefficients, TweedieRegression.Fit(table.Train, y, new() { Power = 1.5, Penalty = .1 }, w).Standardised, Near(1e-8));
    }

    [Theory]
    [InlineData("wdbc"), InlineData("wine"), InlineData("iris")]
    public void Logistic_coefficients_of_the_golden_tables_equal_the_peers_newton_solver(string name)
    {
        var table = SplitTable.Of(name switch { "wdbc" => Tables.BreastCancer, "wine" => Tables.Wine, _ => Tables.Iris }, first: 1);
        var peer = Ask(table.Train, table.TrainTargets, [.. table.TrainTargets.Select(_ => 1.0)], table.TrainLabels, new { model = "logistic", penalty = 1 })[0];
        var fit = LogisticRegression.Fit(table.Train, table.TrainLabels);
        Assert.Equal(peer.Coefficients, fit.Standardised.Values, Near(1e-8));
    }

    private static PeerModel[] Ask(Matrix rows, double[] targets, double[] weights, int[] labels, params object[] fits)
    {
        string ask = JsonSerializer.Serialize(new { rows = rows.Rows, columns = rows.Columns, labels, fits });
        byte[] answer = PeerScript.Run(
            "linear_models.py", [.. Encoding.UTF8.GetBytes(ask + "\n"), .. MemoryMarshal.AsBytes<double>([.. rows.Values, .. targets, .. weights])]);
        return JsonSerializer.Deserialize<Answer>(answer, Snake)!.Fits;
    }

    private static void Equal(double[] peer, StandardErrors ours)
    {
        Assert.Equal(peer[0], ours.Intercept, 1e-8 * peer[0]);
        Assert.Equal(peer[1..], ours.Columns.Select(error => error!.Value), (a, b) => Math.Abs(a - b) <= 1e-8 * a);
    }

    private static double[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => .25 + i % 7)];

    private static Func<double, double, bool> Near(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;
}
