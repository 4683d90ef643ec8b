using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Clientele.Learning.Tests;

/// <summary>The same bits on narrower hardware: these tests start themselves again with wide vectors switched off.</summary>
public sealed class HardwareTests
{
    private const string DigestTo = "CLIENTELE_DIGEST_TO";

    [Theory]
    [InlineData("DOTNET_EnableAVX512"), InlineData("DOTNET_EnableAVX2"), InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Fits_are_the_same_bits_without_wide_vectors(string switchedOff)
    {
        if (Environment.GetEnvironmentVariable(DigestTo) is not null)
            return;
        string file = Path.GetTempFileName();
        try
        {
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["-class", "*HardwareTests", "-class", "*KernelTests"])
            {
                Environment = { [switchedOff] = "0", [DigestTo] = file },
                RedirectStandardOutput = true,
            })!;
            string output = await child.StandardOutput.ReadToEndAsync();
            await child.WaitForExitAsync();
            Assert.True(child.ExitCode == 0, output);
            Assert.Equal(Digest(), await File.ReadAllTextAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_digest_of_a_fit_is_the_same_twice()
    {
        Assert.Equal(Digest(), Digest());
        if (Environment.GetEnvironmentVariable(DigestTo) is { } file)
            await File.WriteAllTextAsync(file, Digest());
    }

    private static IEnumerable<double> Mixtures(Matrix rows) =>
        Enum.GetValues<MixtureCovariance>().SelectMany(covariance => GaussianMixture.Fit(rows, new() { Components = 4, Covariance = covariance, MaxIterations = 20 }).Model.Covariances.Values);

    private static IEnumerable<double> Lifetimes()
    {
        var histories = SimulatedCustomers.Of(new BgNbd(.4, 5, .8, 2.5), 300, seed: 5, shortest: 20, longest: 60);
        var (bg, pareto) = (BgNbd.Fit(histories), ParetoNbd.Fit(histories));
        var random = new RandomStream(5);
        double[] amounts = [.. histories.Frequency.Select(x => x == 0 ? 0 : Math.Exp(3 + random.Gaussian() / Math.Sqrt(x)))];
        var spend = GammaGamma.Fit(histories.Frequency, amounts);
        return [.. Told(bg), .. Told(pareto), .. Told(spend)];

        static IEnumerable<double> Told<T>(PurchaseFit<T> fit) => [.. fit.Estimates.Select(estimate => estimate.Value), fit.LogLikelihood, .. fit.Covariance?.Values ?? []];
    }

    private static IEnumerable<double> Lines(Matrix rows, double[] targets)
    {
        int[] classes = [.. targets.Select((target, i) => (target > .45 ? 1 : 0) + i % 2)];
        return
        [
            .. LeastSquares.Fit(rows, targets).Standardised, .. Ridge.Fit(rows, targets).Standardised, .. ElasticNet.Fit(rows, targets).Standardised,
            .. TweedieRegression.Fit(rows, targets).Standardised, .. LogisticRegression.Fit(rows, classes).Standardised.Values,
        ];
    }

    private static string Digest()
    {
        var rows = Family.Planted(4).Last().Rows(seed: 3);
        var fit = KMeans.Fit(rows, new() { Clusters = 6, Restarts = 3 });
        double[] silhouettes = [.. Silhouette.Score(rows, fit.Labels).PerRow];
        double[] scores = IsolationForest.Fit(rows).Score(rows);
        double[] loadings = RandomisedPca.Fit(rows, new() { Components = 2 }).Components.Values;
        double[] others = [.. Mixtures(rows), .. Ward.Grow(rows).Merges.Select(merge => merge.Height), KMedoids.Fit(rows, new() { Clusters = 4 }).Loss];
        double[] given = Contributions.Of(Boosting.Fit(rows, scores, new() { Rounds = 20 }), rows).Values[0].Values;
        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<double>([.. fit.Centres.Values, fit.Inertia, .. silhouettes, .. scores, .. loadings, .. others, .. given, .. Lifetimes(), .. Lines(rows, scores)])));
    }
}
