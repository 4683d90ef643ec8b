namespace Clientele.Learning.Tests;

/// <summary>Evidence against structure: how evenly rows lie, and whether one number has one mode.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void The_dip_is_that_of_its_definition()     // a linear programme over all distributions of one mode: bench/peers/dip.py
    {
        var random = new RandomStream(5);
        double[][] samples = [.. Enumerable.Range(0, 60).Select(s => Enumerable.Range(0, 2 + s % 12).Select(i => random.Gaussian() + (s % 3 == 0 && i % 2 == 0 ? 4 : 0)).ToArray())];
        foreach (var (sample, dip) in samples.Zip(PeerScript.Dips(samples)))
            Assert.Equal(dip, Dip.Statistic([.. sample.Order()]), 1e-9);
    }

    [Fact]
    public void Even_steps_have_the_least_dip() =>      // Hartigan & Hartigan (1985), §2: 1/(2n)
        Assert.Equal(1 / 40.0, Dip.Statistic([.. Enumerable.Range(0, 20).Select(i => (double)i)]), 1e-12);

    [Fact]
    public void Two_points_have_the_greatest_dip()      // ibid.: ¼ for two halves at two places
    {
        double[] two = [.. Enumerable.Range(0, 400).Select(i => (i < 200 ? 0 : 1) + 1e-9 * i)];
        Assert.Equal(.25, Dip.Statistic(two), .01);
        Assert.Equal(1 / 1001.0, Dip.Test(two).PValue, 1e-12);
    }

    [Fact]
    public void One_cloud_has_one_mode_and_two_have_two()
    {
        var random = new RandomStream(6);
        double[] one = [.. Enumerable.Range(0, 300).Select(_ => random.Gaussian())], two = [.. one.Select((x, i) => x + (i % 3 == 0 ? 5 : 0))];
        Assert.InRange(Dip.Test(one).PValue, .2, 1);
        Assert.InRange(Dip.Test(two).PValue, 0, .01);
    }

    [Fact]
    public void The_order_and_the_unit_do_not_change_the_dip()
    {
        var random = new RandomStream(7);
        double[] values = [.. Enumerable.Range(0, 100).Select(_ => random.Unit())], changed = [.. random.Permutation(100).Select(i => 8 * values[i] - 3)];
        Assert.Equal(Dip.Test(values, 50, threads: 1).PValue, Dip.Test(changed, 50, threads: 4).PValue);
        Assert.Equal(Dip.Test(values, 50).Value, Dip.Test(changed, 50).Value, 1e-12);
    }

    [Fact]
    public void Hopkins_is_a_half_for_rows_strewn_evenly_and_more_where_they_gather()
    {
        var even = Hopkins.Score(Family.Nulls.First().Rows(seed: 1), probes: 200);
        Assert.InRange(even.Value, .5 - 3 * even.Deviation, .5 + 3 * even.Deviation);
        Assert.InRange(Hopkins.Score(Family.Planted(5).First().Rows(seed: 1), probes: 60).Value, .9, 1);
        Assert.InRange(Hopkins.Score(new(9, 1, [.. Enumerable.Range(0, 9).Select(i => (double)i)]), probes: 4).Value, 0, .3);
    }

    [Fact]
    public void Hopkins_is_its_definition()
    {
        var rows = new Matrix(3, 1, [0, 1, 10]);
        var random = new RandomStream(42);
        int drawn = random.Sample(3, 1)[0];
        double point = 10 * random.Unit(), u = rows.Values.Min(x => Math.Abs(x - point)), w = rows.Values.Where((_, i) => i != drawn).Min(x => Math.Abs(x - rows.Values[drawn]));
        Assert.Equal(u / (u + w), Hopkins.Score(rows, probes: 1).Value, 1e-12);
    }
}
