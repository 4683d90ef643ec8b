using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class RandomisedPcaTests
{
    [Fact]
    public void Digits_have_the_exact_leading_components()
    {
        var rows = Tables.Digits.Rows;
        var (exact, quick) = (Pca.Fit(rows, new() { Components = 8 }), RandomisedPca.Fit(rows, new() { Components = 8 }));
        for (int c = 0; c < 8; c++)
        {
            Assert.Equal(exact.Variances[c], quick.Variances[c], 1e-8 * exact.Variances[c]);
            Assert.Equal(exact.Shares[c], quick.Shares[c], 1e-8);
        }
        Assert.All(exact.Components.Values.Zip(quick.Components.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Searching_all_directions_finds_all_components() => Prop.ForAll(Case.Any, c =>
    {
        var rows = c.Table();
        int all = Math.Min(c.Rows, c.Columns);
        var (exact, quick) = (Pca.Fit(rows, new() { Components = all }), RandomisedPca.Fit(rows, new() { Components = all, Seed = c.Seed }));
        return exact.Variances.Zip(quick.Variances).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * exact.Variances[0]);
    }).Holds();

    [Fact]
    public void Threads_leave_no_trace_and_another_seed_hardly_any()
    {
        var rows = Tables.BreastCancer.Rows.Standardised();
        var (one, four) = (RandomisedPca.Fit(rows, new() { Components = 5, Threads = 1 }), RandomisedPca.Fit(rows, new() { Components = 5, Threads = 4 }));
        Assert.Equal(one.Components.Values, four.Components.Values);
        Assert.Equal(one.Variances, four.Variances);
        Assert.All(RandomisedPca.Fit(rows, new() { Components = 5, Seed = 7 }).Variances.Zip(one.Variances), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void A_table_of_one_point_has_no_variance() =>
        Assert.Equal([0, 0], RandomisedPca.Fit(new(5, 3, [.. Enumerable.Repeat(2.5, 15)]), new() { Components = 2 }).Variances);

    [Theory, InlineData(0, 10, 7), InlineData(4, 10, 7), InlineData(2, -1, 7), InlineData(2, 10, -1)]
    public void Options_out_of_range_are_refused(int components, int oversampling, int rounds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            RandomisedPca.Fit(new(5, 3), new() { Components = components, Oversampling = oversampling, PowerIterations = rounds }));
}
