namespace Clientele.Learning.Tests;

/// <summary>Finite, in range and monotone, over a wide grid with all its edges.</summary>
public sealed class SafetyTests
{
    private static readonly double[] Parameters = [1e-3, .05, .3, 1 - 1e-12, 1, 1 + 1e-9, 2, 30, 1e3];
    private static readonly int[] Frequencies = [0, 1, 2, 30, 5_000, 100_000];
    private static readonly double[] Times = [1e-3, .5, 30, 730, 1e4];
    private static readonly double[] Shares = [1e-6, .5, .99, 1 - 1e-9, 1];

    /// <summary>A slice of the grid, spread evenly; the whole of it is bench prediction-sweep.</summary>
    [Theory]
    [InlineData("bg", 499), InlineData("mbg", 499), InlineData("pareto", 499), InlineData("nbd", 11), InlineData("bgbb", 997), InlineData("gammagamma", 31)]
    public void Every_answer_is_finite_in_range_and_monotone(string model, int step)
    {
        var (points, faults) = PurchaseSweep.Run(model, first: 17, step);
        Assert.True(points > 400);
        Assert.Empty(faults);
    }

    [Fact]
    public void The_likelihoods_and_gradients_are_finite()
    {
        Parallel.For(0, 3_000, draw =>
        {
            var random = new RandomStream(13, draw);
            int x = Pick(random, Frequencies);
            double tenure = Pick(random, Times), last = x == 0 ? 0 : tenure * Pick(random, Shares);
            double[] at = [.. Enumerable.Range(0, 4).Select(_ => Math.Log(Pick(random, Parameters)))], gradient = new double[4];
            foreach (string name in (string[])["bg", "mbg", "pareto"])
            {
                double value = Likelihoods.Of(name, HistoryGroups.Of(new([x], [last], [tenure]))).Evaluate(at, gradient);
                Check(double.IsFinite(value) && gradient.All(double.IsFinite), $"{name} {string.Join(' ', at)} {x} {last} {tenure}", value);
            }
        });
    }

    [Fact]
    public void Gradients_are_the_slopes_of_the_likelihoods()
    {
        for (int draw = 0; draw < 300; draw++)
        {
            var random = new RandomStream(17, draw);
            double[] at = [.. Enumerable.Range(0, 4).Select(_ => 6 * random.Unit() - 3)], gradient = new double[4], ignored = new double[4];
            int x = random.Below(12);
            double tenure = 1 + 50 * random.Unit();
            string name = new[] { "bg", "mbg", "pareto", "bgbb" }[draw % 4];
            var groups = name == "bgbb"
                ? HistoryGroups.Of(new([Math.Min(x, 4)], [x == 0 ? 0 : Math.Min(x, 4) + random.Below(3)], [8]))
                : HistoryGroups.Of(new([x], [x == 0 ? 0 : tenure * random.Unit()], [tenure]));
            if (draw % 5 == 0)
                at[1] = 8;      // α ≫ β: the integral in place of the series
            var likelihood = Likelihoods.Of(name, groups);
            likelihood.Evaluate(at, gradient);
            for (int i = 0; i < 4; i++)
            {
                double[] above = [.. at], below = [.. at];
                above[i] += 1e-5;
                below[i] -= 1e-5;
                double slope = (likelihood.Evaluate(above, ignored) - likelihood.Evaluate(below, ignored)) / 2e-5;
                Check(Math.Abs(slope - gradient[i]) <= 1e-6 * (1 + Math.Abs(slope)), $"{name} {i} at {string.Join(' ', at)}, {groups.Histories[0]}: {slope} and", gradient[i]);
            }
        }
    }

    private static T Pick<T>(RandomStream random, T[] values) => values[random.Below(values.Length)];

    private static void Check(bool holds, string what, double value) => Assert.True(holds, $"{what}: {value}");
}
