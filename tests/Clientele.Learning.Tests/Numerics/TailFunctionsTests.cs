using System.Text.Json;

namespace Clientele.Learning.Tests;

/// <summary>Beside mpmath at 40 digits (bench/peers/tail_functions.py).</summary>
public sealed class TailFunctionsTests
{
    private sealed record Answer(double[] Upper, double[] Quantile, double[][] Gamma);

    [Fact]
    public void Normal_and_gamma_tails_keep_their_digits()
    {
        var random = new RandomStream(11);
        double[] z = [0, -0.0, 1e-300, -8, 8, 37, .66, .663, 5.656, 5.657, .. Enumerable.Range(0, 400).Select(_ => 8 * random.Gaussian())];
        double[] p = [.075, .925, .5, 1e-300, 1e-10, 1e-11, 2e-11, .99999, .. Enumerable.Range(0, 200).Select(_ => random.Unit())];
        double[][] gamma =
        [
            .. Enumerable.Range(0, 400).Select(i =>
            {
                double a = Math.Ceiling(2 * Math.Exp(7 * random.Unit())) / 2;
                return new[] { a, Math.Max(1e-3, a + 4 * Math.Sqrt(a) * random.Gaussian()) };
            }),
        ];
        var exact = JsonSerializer.Deserialize<Answer>(
            PeerScript.Run("tail_functions.py", JsonSerializer.SerializeToUtf8Bytes(new { z, p, gamma })), JsonSerializerOptions.Web)!;
        for (int i = 0; i < z.Length; i++)
        {
            Near(exact.Upper[i], NormalDistribution.Upper(z[i]), Math.Max(1e-15, 3e-16 * z[i] * z[i]), $"upper tail at {z[i]}");
            Near(exact.Upper[i], NormalDistribution.Lower(-z[i]), Math.Max(1e-15, 3e-16 * z[i] * z[i]), $"lower tail at {-z[i]}");
        }
        for (int i = 0; i < p.Length; i++)
            Near(exact.Quantile[i], NormalDistribution.Quantile(p[i]), 2e-15, $"quantile at {p[i]}");
        for (int i = 0; i < gamma.Length; i++)
        {
            Near(exact.Gamma[i][0], IncompleteGamma.Lower(gamma[i][0], gamma[i][1]), 2e-14, $"P({gamma[i][0]}, {gamma[i][1]})", 1e-15);
            Near(exact.Gamma[i][1], IncompleteGamma.Upper(gamma[i][0], gamma[i][1]), 2e-14, $"Q({gamma[i][0]}, {gamma[i][1]})", 1e-15);
        }
    }

    [Fact]
    public void The_ends_of_the_normal_law_are_infinite()
    {
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (NormalDistribution.Quantile(0), NormalDistribution.Quantile(1)));
        Assert.True(double.IsNaN(NormalDistribution.Quantile(1.1)) && double.IsNaN(NormalDistribution.Quantile(double.NaN)));
        Assert.Equal((0, 1, 1, 0), (NormalDistribution.Upper(40), NormalDistribution.Lower(40), IncompleteGamma.Upper(3, 0), IncompleteGamma.Lower(3, 0)));
    }

    private static void Near(double exact, double ours, double relative, string what, double absolute = 1e-300) =>
        Assert.True(Math.Abs(ours - exact) <= Math.Max(relative * Math.Abs(exact), absolute), FormattableString.Invariant($"{what}: {ours:R}, exact {exact:R}"));
}
