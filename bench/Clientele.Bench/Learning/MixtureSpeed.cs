using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>Gaussian mixtures against scikit-learn's: the same rows, start and number of steps, and whole fits.</summary>
internal static class MixtureSpeed
{
    private const int Rows = 200_000, Columns = 8, Components = 5, Iterations = 20;

    public static Task Run(int rounds)
    {
        var rows = Planted();
        foreach (var (kind, name) in new[] { (MixtureCovariance.Full, "full"), (MixtureCovariance.Diagonal, "diag"), (MixtureCovariance.Tied, "tied") })
        {
            Steps(rounds, rows, kind, name);
            Whole(Math.Max(1, rounds / 3), rows, kind, name);
        }
        return Task.CompletedTask;
    }

    // From rows as means: both end at the same likelihood, or the comparison is void.
    private static void Steps(int rounds, Matrix rows, MixtureCovariance kind, string name)
    {
        var means = rows.Take([.. Enumerable.Range(0, Components)]);
        int matrices = kind == MixtureCovariance.Full ? Components : 1;
        var unit = new Matrix(matrices * Columns, Columns, [.. Enumerable.Range(0, matrices * Columns * Columns).Select(i => i % (Columns * Columns) % (Columns + 1) == 0 ? 1.0 : 0)]);
        var start = new GaussianMixtureModel(kind, [.. Enumerable.Repeat(1.0 / Components, Components)], means,
            kind == MixtureCovariance.Diagonal ? new(Components, Columns, [.. Enumerable.Repeat(1.0, Components * Columns)]) : unit);
        GaussianMixtureFit Ours(int iterations) =>
            GaussianMixture.Fit(rows, new() { Components = Components, Covariance = kind, Start = start, MaxIterations = iterations, Tolerance = 0 });

        using var peer = new Peer("mixture.py", new { kind = name, iterations = Iterations }, [("rows", rows), ("means", means)]);
        Ratio.Measure($"{Iterations} mixture steps, 200,000 × 8, {Components} components, {name}", rounds, () => Ours(Iterations), peer);
        // The peer's bound is of the mixture before its last step: ours after one step less.
        double theirs = peer.Round().Figures["mean_log_likelihood"]!.GetValue<double>(), mine = Ours(Iterations - 1).LogLikelihood / Rows;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    mean log-likelihood {mine:R}, the peer's {theirs:R}, apart by {Math.Abs(mine - theirs):0.0e+0}"));
        if (Math.Abs(mine - theirs) > 1e-6)
            throw new InvalidOperationException("The two did not do the same work.");
    }

    private static void Whole(int rounds, Matrix rows, MixtureCovariance kind, string name)
    {
        using var peer = new Peer("mixture.py", new { kind = name, iterations = 0 }, [("rows", rows), ("means", rows.Take([0, 1, 2, 3, 4]))]);
        GaussianMixtureFit? fit = null;
        Ratio.Measure($"A whole mixture fit from k-means, one start, {name}", rounds,
            () => fit = GaussianMixture.Fit(rows, new() { Components = Components, Covariance = kind, Restarts = 1, Tolerance = 1e-4 }), peer);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {fit!.Iterations} steps, the peer's {peer.Round().Figures["iterations"]!.GetValue<int>()}"));
    }

    // Five overlapping clouds, stretched differently.
    private static Matrix Planted()
    {
        var random = new RandomStream(1, 0);
        var rows = new Matrix(Rows, Columns);
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++)
                rows[i, j] = (1 + (i + j) % 3) * random.Gaussian() + 1.2 * (i % Components * (j + 1) % Components) + (j > 0 ? 0.4 * rows[i, j - 1] : 0);
        return rows;
    }
}
