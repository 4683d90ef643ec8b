namespace Clientele.Learning.Tests;

public sealed class PairedComparisonTests
{
    [Fact]
    public void Intervals_of_a_mean_difference_cover_it_as_often_as_they_say()
    {
        var random = new RandomStream(7);
        const int trials = 2500, rows = 200;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            // Losses that go together, as those of two models on the same customers do; the true difference is .1.
            double[] shared = [.. Enumerable.Range(0, rows).Select(_ => 3 * random.Gaussian())];
            double[] first = [.. shared.Select(s => s + random.Gaussian())], second = [.. shared.Select(s => s + .1 + random.Gaussian())];
            var found = PairedComparison.OfMeans(first, second, null, new() { Resamples = 500, Confidence = .8, Seed = (ulong)trial });
            covered += found.Lower <= .1 && .1 <= found.Upper ? 1 : 0;
        }
        Assert.InRange(covered / (double)trials, .78, .82);
    }

    [Fact]
    public void Several_models_are_compared_with_one_to_the_same_bit_as_one_by_one()
    {
        var random = new RandomStream(11);
        double[][] losses = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 300).Select(_ => random.Gaussian()).ToArray())];
        int[] customers = [.. Enumerable.Range(0, 300).Select(row => row / 2)];
        Assert.Equal(losses[1..].Select(second => PairedComparison.OfMeans(losses[0], second, customers)), PairedComparison.OfMeans(losses[0], losses[1..], customers));
        Assert.Empty(PairedComparison.OfMeans(losses[0], Array.Empty<double[]>(), customers));
    }

    [Fact]
    public void Rows_of_one_customer_are_drawn_together()
    {
        // Every customer five times: the interval must be that of the customers, not of five times as many.
        var random = new RandomStream(3);
        double[] losses = [.. Enumerable.Range(0, 200).Select(_ => random.Gaussian())];
        double[] repeated = [.. losses.SelectMany(loss => Enumerable.Repeat(loss, 5))];
        int[] customers = [.. Enumerable.Range(0, 1000).Select(row => row / 5)];
        var single = PairedComparison.OfMeans(new double[200], losses);
        var blocked = PairedComparison.OfMeans(new double[1000], repeated, customers);
        var naive = PairedComparison.OfMeans(new double[1000], repeated);
        Assert.Equal(200, blocked.Blocks);
        Assert.Equal(single.Difference, blocked.Difference, 1e-12);
        Assert.Equal(single.Lower, blocked.Lower, 1e-12);
        Assert.Equal(single.Upper, blocked.Upper, 1e-12);
        Assert.InRange((naive.Upper - naive.Lower) / (single.Upper - single.Lower), .4, .5);      // 1/√5 = .447
    }

    [Fact]
    public void Any_figure_can_be_compared()
    {
        var random = new RandomStream(5);
        double[] y = [.. Enumerable.Range(0, 300).Select(_ => random.Unit())];
        double[] good = [.. y.Select(value => value + .1 * random.Gaussian())], poor = [.. y.Select(value => value + random.Gaussian())];
        var found = PairedComparison.Of(300, rows => Score(good, rows) - Score(poor, rows));
        Assert.True(found.Lower > 0);
        Assert.Equal(0, found.BelowZero);

        double Score(double[] predicted, int[] rows) => Gini.Normalised([.. rows.Select(i => y[i])], [.. rows.Select(i => predicted[i])]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_on_any_number_of_threads()
    {
        double[] losses = [.. Enumerable.Range(0, 50).Select(i => Math.Sin(i))];
        Assert.Equal(
            PairedComparison.OfMeans(new double[50], losses, null, new() { Threads = 1 }), PairedComparison.OfMeans(new double[50], losses, null, new() { Threads = 4 }));
        Assert.NotEqual(
            PairedComparison.OfMeans(new double[50], losses, null, new() { Seed = 1 }), PairedComparison.OfMeans(new double[50], losses, null, new() { Seed = 2 }));
    }

    [Fact]
    public void Two_equal_models_differ_by_nothing() =>
        Assert.Equal(new PairedDifference(0, 0, 0, .5, 3), PairedComparison.OfMeans([1, 2, 3], [1, 2, 3]));
}
