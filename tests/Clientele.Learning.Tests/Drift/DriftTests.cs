using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class DriftTests
{
    [Theory]        // reference/conventions.md B4, both sides of every border
    [InlineData(ColumnKind.Numeric, 1000, 6, DriftTest.KolmogorovSmirnov), InlineData(ColumnKind.Numeric, 1000, 5, DriftTest.ChiSquare)]
    [InlineData(ColumnKind.Numeric, 1000, 3, DriftTest.ChiSquare), InlineData(ColumnKind.Numeric, 1000, 2, DriftTest.ProportionZ)]
    [InlineData(ColumnKind.Categorical, 1000, 6, DriftTest.ChiSquare), InlineData(ColumnKind.Categorical, 1000, 3, DriftTest.ChiSquare)]
    [InlineData(ColumnKind.Categorical, 1000, 2, DriftTest.ProportionZ), InlineData(ColumnKind.Numeric, 1001, 6, DriftTest.Wasserstein)]
    [InlineData(ColumnKind.Numeric, 1001, 5, DriftTest.JensenShannon), InlineData(ColumnKind.Categorical, 1001, 2, DriftTest.JensenShannon)]
    [InlineData(ColumnKind.Categorical, 1001, 60, DriftTest.JensenShannon)]
    public void The_test_follows_kind_rows_and_values(ColumnKind kind, int rows, int distinct, DriftTest test) =>
        Assert.Equal(test, DriftRule.Choose(kind, rows, distinct));

    [Fact]
    public void Missing_values_are_left_out_counted_and_do_not_choose_the_test()
    {
        double[] reference = [.. Normal(1000, 0, 1), double.NaN, double.PositiveInfinity], current = [.. Normal(50, 0, 2), double.NegativeInfinity];
        var column = Drift.Compare("spend", reference, current);
        Assert.Equal((new SampleSize(1000, 2), new SampleSize(50, 1)), (column.Reference, column.Current));
        Assert.Equal(DriftTest.KolmogorovSmirnov, column.Test);
        Assert.Equal(KolmogorovSmirnov.Test(reference[..1000], current[..50]).PValue, column.PValue);
        Assert.Equal(DriftTest.Wasserstein, Drift.Compare("spend", [.. reference, 3], current).Test);
    }

    [Fact]
    public void A_shifted_column_drifts_and_a_like_one_does_not()
    {
        Assert.True(Drift.Compare("x", Normal(500, 0, 1), Normal(500, .5, 2)).Drifted);
        Assert.False(Drift.Compare("x", Normal(500, 0, 1), Normal(500, 0, 2)).Drifted);
        Assert.True(Drift.Compare("x", Normal(5000, 0, 1), Normal(5000, .5, 2)).Drifted);
        Assert.False(Drift.Compare("x", Normal(5000, 0, 1), Normal(5000, 0, 2)).Drifted);
    }

    [Fact]     // reference/conventions.md B4: 95 % by the rule, whose distances do not know how few rows there are
    public void With_few_current_rows_tests_at_any_size_keep_false_alarms_rare()
    {
        double[] reference = Normal(5000, 0, 3);
        int Alarms(DriftOptions options) => Enumerable.Range(0, 300).Count(i => Drift.Compare("x", reference, Normal(50, 0, 100 + i), options).Drifted);
        Assert.InRange(Alarms(new()) / 300.0, .88, 1);
        Assert.InRange(Alarms(new() { LargeReference = int.MaxValue }) / 300.0, .01, .09);
    }

    [Fact]
    public void A_category_the_reference_never_had_is_drift()
    {
        var column = Drift.Compare("country", [.. Repeat("UK", 50), .. Repeat("FR", 30), .. Repeat("DE", 20)], [.. Repeat("UK", 50), "ES"]);
        Assert.Equal((DriftTest.ChiSquare, 0.0, true), (column.Test, column.PValue, column.Drifted));
        Assert.Null(column.Statistic);
        Assert.Contains("\"Drifted\":true", JsonSerializer.Serialize(column), StringComparison.Ordinal);
    }

    [Fact]
    public void Constant_columns_alike_do_not_drift()
    {
        Assert.Equal((1.0, false), Verdict(Drift.Compare("one", Repeat("a", 10), Repeat("a", 7))));
        Assert.Equal((1.0, false), Verdict(Drift.Compare("one", [.. Enumerable.Repeat(3.5, 10)], [3.5])));
        Assert.False(Drift.Compare("one", [.. Enumerable.Repeat(3.5, 2000)], [3.5]).Drifted);
        static (double?, bool) Verdict(ColumnDrift column) => (column.PValue, column.Drifted);
    }

    [Fact]
    public void A_column_without_values_is_not_compared_and_not_counted()
    {
        var empty = Drift.Compare("gone", Normal(100, 0, 1), [double.NaN]);
        Assert.Equal((null, false), (empty.Test, empty.Drifted));
        var table = Drift.Summarise([empty, Drift.Compare("x", Normal(500, 0, 1), Normal(500, 1, 2))]);
        Assert.Equal((1, true), (table.ShareDrifted, table.Drifted));
        Assert.Equal((0, false), (Drift.Summarise([empty]).ShareDrifted, Drift.Summarise([empty]).Drifted));
    }

    [Fact]
    public void A_table_judges_by_adjusted_p_values_unless_told_otherwise()
    {
        double[] p = [.001, .008, .039, .041, .042, .06, .074, .205, .212, .216];       // reference/science.md F
        ColumnDrift[] columns = [.. p.Select((value, i) => new ColumnDrift($"c{i}", ColumnKind.Numeric, DriftTest.ChiSquare, 1, value, null, .05, value < .05, new(9, 0), new(9, 0)))];
        var controlled = Drift.Summarise(columns);
        Assert.Equal((.2, false), (controlled.ShareDrifted, controlled.Drifted));
        Assert.Equal([.01, .04], controlled.Columns.Take(2).Select(column => column.AdjustedPValue!.Value));
        var plain = Drift.Summarise(columns, new() { ControlFalseDiscoveries = false });
        Assert.Equal((.5, true), (plain.ShareDrifted, plain.Drifted));
    }

    [Fact]
    public void A_chosen_test_takes_precedence_over_the_rule()
    {
        foreach (var test in Enum.GetValues<DriftTest>().Except([DriftTest.ProportionZ]))
            Assert.Equal(test, Drift.Compare("x", Normal(100, 0, 1), Normal(100, 0, 2), new() { Test = test }).Test);
        Assert.Throws<ArgumentException>(() => Drift.Compare("x", ["a", "b"], ["a"], new() { Test = DriftTest.Wasserstein }));
    }

    [Fact]
    public void Exact_p_values_never_fail_up_to_ten_thousand()
    {
        foreach (var (n, m) in new[] { (10_000, 10_000), (10_000, 9_999), (9_973, 10_000), (10_000, 7), (1, 10_000), (9_990, 9_985) })
            foreach (double shift in new[] { 0, .03, .5 })
            {
                var result = KolmogorovSmirnov.Test(Normal(n, 0, 1), Normal(m, shift, 2));
                Assert.True(result.Exact);
                Assert.InRange(result.PValue, 0, 1);
                // The two laws agree on large samples: within 2 % of each other, or both nothing.
                double limit = KolmogorovSmirnov.Test(Normal(n, 0, 1), Normal(m, shift, 2), KolmogorovSmirnovMethod.Asymptotic).PValue;
                if (Math.Min(n, m) > 1000)
                    Assert.InRange(result.PValue, .97 * limit - 1e-12, 1.03 * limit + 1e-12);
            }
    }

    [Fact]
    public void More_than_ten_thousand_values_take_the_asymptotic_law() =>
        Assert.False(KolmogorovSmirnov.Test(Normal(10_001, 0, 1), Normal(50, 0, 2)).Exact);

    [Fact]
    public void One_value_beside_one_says_nothing() =>
        Assert.Equal((1, 1), (KolmogorovSmirnov.Test([1], [2]).PValue, KolmogorovSmirnov.Test([1], [2], KolmogorovSmirnovMethod.Asymptotic).PValue));

    [Fact]
    public void Counting_paths_one_by_one_gives_the_same_p_value() => Prop.ForAll(Gen.Choose(1, 9).Two().ToArbitrary(), sizes =>
    {
        var (m, n) = sizes;
        int lcm = m * n / (int)System.Numerics.BigInteger.GreatestCommonDivisor(m, n);
        for (int gap = 1; gap <= lcm; gap++)
        {
            long stray = Stray(m, n, 0, 0, gap, lcm, false), all = Stray(m, n, 0, 0, 0, lcm, true);
            if (Math.Abs(LatticePaths.ShareOutside(m, n, gap) - (double)stray / all) > 1e-14)
                return false;
        }
        return true;
    }).Holds(30);

    [Fact]
    public void Kolmogorov_Smirnov_and_Wasserstein_do_not_depend_on_order_or_direction() => Prop.ForAll(Case.Any, c =>
    {
        double[] a = c.Table().Column(0), b = [.. c.Table().Row(0)];
        double[] turned = [.. a.Reverse()];
        return KolmogorovSmirnov.Test(a, b) == KolmogorovSmirnov.Test(turned, b)
            && KolmogorovSmirnov.Test(a, b).Distance == KolmogorovSmirnov.Test(b, a).Distance
            && Wasserstein.Distance(a, b) == Wasserstein.Distance(turned, b)
            && Wasserstein.Distance(a, a) == 0 && KolmogorovSmirnov.Test(a, a).PValue == 1;
    }).Holds();

    [Fact]
    public void Adjusted_p_values_are_the_step_up_rule() => Prop.ForAll(Gen.Choose(0, 1000).NonEmptyListOf().ToArbitrary(), thousandths =>
    {
        double[] p = [.. thousandths.Select(value => value / 1000.0)], adjusted = FalseDiscoveries.Adjust(p), sorted = [.. p.Order()];
        // Benjamini & Hochberg's own words: reject the i smallest, i the largest with p(i) ≤ i/m·q.
        return new[] { .01, .05, .2, .7 }.All(q =>
        {
            int reject = Enumerable.Range(1, p.Length).LastOrDefault(i => p.Length * sorted[i - 1] / i <= q);
            return adjusted.Count(value => value <= q) == reject;
        });
    }).Holds();

    [Fact]
    public void What_is_no_number_is_refused_by_the_tests_themselves()
    {
        var refused = Assert.Throws<NotFiniteException>(() => KolmogorovSmirnov.Test([1, 2, double.NaN], [1]));
        Assert.Equal((2, 0), (refused.Row, refused.Column));
        refused = Assert.Throws<NotFiniteException>(() => Wasserstein.Distance([1, 2], [1, double.NegativeInfinity]));
        Assert.Equal((1, 1), (refused.Row, refused.Column));
        Assert.Throws<ArgumentOutOfRangeException>(() => KolmogorovSmirnov.Test([], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquare.Test([0, 0], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shares.Hellinger([1, double.NaN], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportions.Test(3, 2, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => FalseDiscoveries.Adjust([.1, 1.1]));
    }

    [Fact]
    public void The_table_survives_json()
    {
        var table = Drift.Summarise([Drift.Compare("x", Normal(100, 0, 1), Normal(90, 0, 2)), Drift.Compare("y", ["a", null, "b"], ["b"])]);
        string json = JsonSerializer.Serialize(table);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<TableDrift>(json)));
    }

    private static long Stray(int m, int n, int x, int y, int gap, int lcm, bool strayed)
    {
        strayed |= Math.Abs(x * (lcm / m) - y * (lcm / n)) >= gap;
        return (x, y) == (m, n) ? (strayed ? 1 : 0)
            : (x < m ? Stray(m, n, x + 1, y, gap, lcm, strayed) : 0) + (y < n ? Stray(m, n, x, y + 1, gap, lcm, strayed) : 0);
    }

    private static double[] Normal(int count, double mean, int task)
    {
        var random = new RandomStream(7, task);
        return [.. Enumerable.Range(0, count).Select(_ => mean + random.Gaussian())];
    }

    private static string[] Repeat(string value, int count) => [.. Enumerable.Repeat(value, count)];
}
