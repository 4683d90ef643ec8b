using System.Text.Json;

namespace Clientele.Learning.Tests;

/// <summary>Beside scikit-learn on the same tables (bench/peers/preparation.py, run once).</summary>
public sealed class PreparationPeerTests
{
    private const int Kept = 6;

    [Fact]
    public void Fresh_rows_are_prepared_as_the_peer_does()
    {
        var (rows, fresh, wide) = (Mixed(200, 1), Mixed(60, 2), Wide(150, 400));
        string[][] text = [.. Enumerable.Range(0, 90).Select(i => new[] { "red green blue".Split(' ')[i * 7 % 3], $"size {i % 11}" })];
        var ask = new { rows = Lists(rows), fresh = Lists(fresh), wide = Lists(wide), kept = Kept, text };
        using var answer = JsonDocument.Parse(PeerScript.Run("preparation.py", JsonSerializer.SerializeToUtf8Bytes(ask)));
        double[] Peer(string name) => [.. Flat(answer.RootElement.GetProperty(name))];

        Near(Peer("standard"), StandardScaler.Fit(rows).Transform(fresh), 1e-12);
        Near(Peer("robust"), RobustScaler.Fit(rows).Transform(fresh), 1e-12);
        Near(Peer("clipped"), Winsoriser.Fit(rows, new() { Lower = .05, Upper = .9 }).Transform(fresh), 1e-12);

        var bent = YeoJohnson.Fit(rows);
        double[] lambdas = Peer("lambdas");
        for (int j = 0; j < lambdas.Length; j++)
        {
            double[] column = rows.Column(j);
            Assert.Equal(lambdas[j], bent.Lambdas[j], 1e-5);
            Assert.True(YeoJohnson.LogLikelihood(column, bent.Lambdas[j]) >= YeoJohnson.LogLikelihood(column, lambdas[j]) - 1e-9, $"column {j}");
        }
        var same = new YeoJohnsonState(lambdas);
        Near(Peer("power"), same.Transform(fresh), 1e-10);
        Near(Peer("power_back"), same.Invert(same.Transform(fresh)), 1e-8);

        Quantiles("uniform", 40, QuantileShape.Uniform, 1e-12);
        Quantiles("uniform_all", 200, QuantileShape.Uniform, 1e-12);
        Quantiles("normal", 40, QuantileShape.Normal, 1e-8);       // the peer cuts at 1e-7 − 2.2e-16

        var pca = Pca.Fit(rows, new() { Components = 2 });
        Near([.. Peer("components").Select(Math.Abs)], new(60, 2, [.. pca.Transform(fresh).Values.Select(Math.Abs)]), 1e-9);     // its signs are the older rule's
        Near(Peer("components_back"), pca.Invert(pca.Transform(fresh)), 1e-9);

        string[][] columns = [[.. text.Select(row => row[0])], [.. text.Select(row => row[1])]];
        Assert.Equal(Peer("ordinal"), OrdinalEncoding.Fit(columns).Transform(columns).Values);
        Assert.Equal(Peer("one_hot"), OneHotEncoding.Fit(columns).Transform(columns).Values);

        var quick = RandomisedPca.Fit(wide, new() { Components = Kept });
        double[] exact = Peer("wide_variances"), shares = Peer("wide_shares"), peerQuick = Peer("wide_quick_variances");
        for (int c = 0; c < Kept; c++)
        {
            Assert.Equal(exact[c], quick.Variances[c], 1e-9 * exact[c]);
            Assert.Equal(shares[c], quick.Shares[c], 1e-9);
            Assert.True(Math.Abs(quick.Variances[c] - exact[c]) <= Math.Abs(peerQuick[c] - exact[c]) + 1e-9 * exact[c], $"component {c} is further off than the peer's");
        }

        void Quantiles(string name, int quantiles, QuantileShape shape, double tolerance)
        {
            var state = QuantileTransform.Fit(rows, new() { Quantiles = quantiles, Shape = shape });
            Near(Peer(name), state.Transform(fresh), tolerance);
            if (quantiles == 40)
                Near(Peer(name + "_back"), state.Invert(state.Transform(fresh)), shape == QuantileShape.Uniform ? 1e-12 : 1e-6);
        }
    }

    // A normal, a long-tailed, a whole-numbered (tied) and a signed skewed column.
    private static Matrix Mixed(int n, int task)
    {
        var random = new RandomStream(17, task);
        var rows = new Matrix(n, 4);
        for (int i = 0; i < n; i++)
            (rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3]) =
                (random.Gaussian(), Math.Exp(1.2 * random.Gaussian()), Math.Floor(6 * random.Unit() * random.Unit()), Math.Pow(random.Gaussian() + .5, 3));
        return rows;
    }

    // Variances that fall like 1/k², in random directions.
    private static Matrix Wide(int n, int d)
    {
        var random = new RandomStream(18);
        var rows = new Matrix(n, d);
        for (int k = 1; k <= 40; k++)
        {
            double[] direction = [.. Enumerable.Range(0, d).Select(_ => random.Gaussian())];
            for (int i = 0; i < n; i++)
            {
                double score = random.Gaussian() / k;
                for (int j = 0; j < d; j++)
                    rows[i, j] += score * direction[j];
            }
        }
        return rows;
    }

    private static double[][] Lists(Matrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(i => rows.Row(i).ToArray())];

    private static IEnumerable<double> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetDouble()];

    private static void Near(double[] peer, Matrix ours, double tolerance)
    {
        Assert.Equal(peer.Length, ours.Values.Length);
        for (int i = 0; i < peer.Length; i++)
            Assert.True(Math.Abs(peer[i] - ours.Values[i]) <= tolerance * Math.Max(1, Math.Abs(peer[i])), FormattableString.Invariant($"entry {i}: {ours.Values[i]:R} beside {peer[i]:R}"));
    }
}
