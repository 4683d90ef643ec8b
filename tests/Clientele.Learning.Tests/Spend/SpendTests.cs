using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class SpendTests
{
    private static readonly Matrix One = new(1, 1, [1]);

    [Fact]
    public void The_loss_is_the_formula()       // reference/science.md B1: ZILN loss
    {
        SpendModel model = Lognormal(probability: .3, mu: .5, sigma: 1.2);
        Assert.Equal(-Math.Log(.7), model.Loss(One, [0]), 1e-14);
        Assert.Equal(
            -Math.Log(.3) + Math.Log(2 * 1.2 * Math.Sqrt(2 * Math.PI)) + Math.Pow(Math.Log(2) - .5, 2) / (2 * 1.44), model.Loss(One, [2]), 1e-14);
        Assert.Equal(.3 * Math.Exp(.5 + .72), model.Mean(One)[0], 1e-14);
    }

    [Fact]
    public void The_median_is_zero_for_those_who_more_likely_buy_nothing()
    {
        Assert.Equal(0, Lognormal(.5, .5, 1.2).Median(One)[0]);
        // Of the 80 % that buy, the lower 3/8 lie below the median of all.
        Assert.Equal(Math.Exp(.5 + 1.2 * NormalDistribution.Quantile(.375)), Lognormal(.8, .5, 1.2).Median(One)[0], 1e-12);
    }

    [Theory]
    [InlineData(.02), InlineData(.5), InlineData(3), InlineData(400)]
    public void A_gamma_law_integrates_to_one_and_inverts(double dispersion)
    {
        var law = new GammaAmount(new(new(Math.Log(20), [0])), dispersion);
        foreach (double share in new[] { 1e-6, .01, .3, .5, .9, .999 })
        {
            double x = law.Quantile(One, [share])[0];
            if (x < 1e-300)
                continue;       // so near 0 there are no more doubles to tell shares apart
            Assert.Equal(share, IncompleteGamma.Lower(1 / dispersion, x / 20 / dispersion), 1e-11 * share);
        }
        // ∫ f over ln y, by the trapezoid rule, which is exact to rounding for such a bell.
        double sum = 0, step = .01;
        for (double u = -800; u < 12; u += step)
            sum += Math.Exp(law.LogDensity(One, [Math.Exp(u)])[0] + u) * step;
        if (dispersion < 100)
            Assert.Equal(1, sum, 1e-9);
    }

    [Theory]
    [InlineData(0), InlineData(1)]
    public void The_zero_inflated_lognormal_fit_equals_a_minimum_found_by_SciPy(double penalty)
    {
        var (rows, y) = Simulate(1500, seed: 4);
        string ask = JsonSerializer.Serialize(new { rows = rows.Rows, columns = rows.Columns, penalty });
        byte[] bytes = PeerScript.Run("ziln.py", [.. Encoding.UTF8.GetBytes(ask + "\n"), .. MemoryMarshal.AsBytes<double>([.. rows.Values, .. y])]);
        using var peer = JsonDocument.Parse(bytes);
        double[] Of(string name) => [.. peer.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
        var fit = ZeroInflatedLogNormal.Fit(rows, y, new() { Penalty = penalty });
        var law = (LogNormalAmount)fit.Model.Amount;
        Assert.True(fit.Converged);
        Assert.Equal(peer.RootElement.GetProperty("loss").GetDouble(), fit.Loss, 1e-10);
        Assert.Equal(fit.Loss, fit.Model.Loss(rows, y), 1e-12);
        Assert.Equal(Of("purchase"), [fit.Model.Purchase.Intercepts[0], .. fit.Model.Purchase.Coefficients.Values], Near(1e-6));
        Assert.Equal(Of("location"), [law.Location.Intercept, .. law.Location.Coefficients], Near(1e-6));
        Assert.Equal(Of("spread"), [law.Spread.Intercept, .. law.Spread.Coefficients], Near(1e-6));
    }

    [Fact]
    public void Known_parameters_are_found_again()
    {
        var (rows, y) = Simulate(40_000, seed: 1);
        var law = (LogNormalAmount)ZeroInflatedLogNormal.Fit(rows, y).Model.Amount;
        Assert.Equal([3, .8, -.4], [law.Location.Intercept, .. law.Location.Coefficients], Near(.05));
        Assert.Equal([.2, .5, 0], [law.Spread.Intercept, .. law.Spread.Coefficients], Near(.05));
    }

    [Theory]
    [InlineData("ziln"), InlineData("lognormal"), InlineData("gamma")]
    public void Quantiles_hold_the_share_they_name(string kind)
    {
        var (rows, y) = kind == "gamma" ? SimulateGamma(8000, 3) : Simulate(8000, 3, spread: kind == "ziln" ? .5 : 0);
        var (testRows, test) = kind == "gamma" ? SimulateGamma(8000, 5) : Simulate(8000, 5, spread: kind == "ziln" ? .5 : 0);
        var model = kind switch
        {
            "ziln" => ZeroInflatedLogNormal.Fit(rows, y).Model,
            "lognormal" => Hurdle.Fit(rows, y, new() { Law = AmountLaw.LogNormal }).Model,
            _ => Hurdle.Fit(rows, y).Model,
        };
        // Where nothing is bought with more than the stated share, 0 holds that much: judged against what is implied, not against the share alone.
        foreach (double share in new[] { .7, .8, .9, .95 })
            Assert.Equal(
                model.Probability(testRows).Average(p => Math.Max(share, 1 - p)),
                model.Quantile(testRows, share).Zip(test).Average(pair => pair.Second <= pair.First ? 1.0 : 0), .02);
        Assert.Equal(test.Average(), model.Mean(testRows).Average(), .1 * test.Average());
    }

    [Fact]
    public void A_gamma_hurdle_keeps_the_total_of_its_training_rows()
    {
        // The score equations of logistic and log-link gamma: Σπ = buyers; Σ y/μ = buyers.
        var (rows, y) = Simulate(2000, 9);
        var model = Hurdle.Fit(rows, y, new() { Purchase = new() { Penalty = 0 } }).Model;
        Assert.Equal(y.Count(value => value > 0), model.Probability(rows).Sum(), 1e-6);
        Assert.Equal(y.Count(value => value > 0), y.Zip(model.Amount.Mean(rows), (actual, mean) => actual / mean).Sum(), 1e-6);
    }

    [Fact]
    public void Weights_count_as_repetitions_and_the_order_of_rows_does_not_matter() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, y) = Simulate(60 + c.Rows, c.Seed);
        var random = new RandomStream(c.Seed, 8);
        double[] w = [.. y.Select(_ => 1.0 + random.Below(3))];
        int[] repeated = [.. Enumerable.Range(0, y.Length).SelectMany(i => Enumerable.Repeat(i, (int)w[i])).OrderBy(i => i * 7919 % 101)];
        double[] again = [.. repeated.Select(i => y[i])];
        return new HurdleOptions[] { new(), new() { Law = AmountLaw.LogNormal } }.All(options =>
                Close(Hurdle.Fit(rows, y, options, w).Model.Mean(rows), Hurdle.Fit(rows.Take(repeated), again, options).Model.Mean(rows)))
            && Close(ZeroInflatedLogNormal.Fit(rows, y, null, w).Model.Median(rows), ZeroInflatedLogNormal.Fit(rows.Take(repeated), again).Model.Median(rows));
    }).Holds(30);

    [Fact]
    public void Another_currency_changes_the_unit_and_nothing_else() => Prop.ForAll(Case.Any, c =>
    {
        var (rows, y) = Simulate(60 + c.Rows, c.Seed);
        double[] pence = [.. y.Select(value => 100 * value)];
        double[] Times(double[] values) => [.. values.Select(value => 100 * value)];
        return new HurdleOptions[] { new(), new() { Law = AmountLaw.LogNormal } }.All(options =>
                Close(Times(Hurdle.Fit(rows, y, options).Model.Mean(rows)), Hurdle.Fit(rows, pence, options).Model.Mean(rows)))
            && Close(Times(ZeroInflatedLogNormal.Fit(rows, y).Model.Mean(rows)), ZeroInflatedLogNormal.Fit(rows, pence).Model.Mean(rows));
    }).Holds(30);

    [Fact]
    public void Models_survive_json_to_the_bit()
    {
        var (rows, y) = Simulate(300, 2);
        foreach (var model in new[] { Hurdle.Fit(rows, y).Model, Hurdle.Fit(rows, y, new() { Law = AmountLaw.LogNormal }).Model, ZeroInflatedLogNormal.Fit(rows, y).Model })
        {
            var loaded = JsonSerializer.Deserialize<SpendModel>(JsonSerializer.Serialize(model))!;
            Assert.Equal(model.Mean(rows), loaded.Mean(rows));
            Assert.Equal(model.Quantile(rows, .9), loaded.Quantile(rows, .9));
            Assert.Equal(model.Probability(rows), loaded.Probability(rows));
        }
    }

    [Fact]
    public void Fits_are_the_same_bits_on_any_number_of_threads()
    {
        var (rows, y) = Simulate(5000, 2);
        var (one, three) = (ZeroInflatedLogNormal.Fit(rows, y, new() { Threads = 1 }), ZeroInflatedLogNormal.Fit(rows, y, new() { Threads = 3 }));
        Assert.Equal(one.Model.Mean(rows), three.Model.Mean(rows));
    }

    [Fact]
    public void Columns_that_say_nothing_of_their_own_are_named()
    {
        var (rows, y) = Simulate(300, 2);
        var twice = new Matrix(300, 3, [.. Enumerable.Range(0, 300).SelectMany(i => new[] { rows[i, 0], rows[i, 1], rows[i, 0] - rows[i, 1] })]);
        HurdleOptions free = new() { Purchase = new() { Penalty = 0 }, Law = AmountLaw.LogNormal };
        Assert.Equal([2], Hurdle.Fit(twice, y, free).AmountAliased);
        Assert.Equal([2], ZeroInflatedLogNormal.Fit(twice, y, new() { Penalty = 0 }).AmountAliased);
        Assert.Equal(
            ZeroInflatedLogNormal.Fit(rows, y, new() { Penalty = 0 }).Loss, ZeroInflatedLogNormal.Fit(twice, y, new() { Penalty = 0 }).Loss, 1e-10);
    }

    [Fact]
    public void What_cannot_be_fitted_is_refused()
    {
        var rows = new Matrix(4, 1, [1, 2, 3, 4]);
        Assert.Throws<ArgumentException>(() => Hurdle.Fit(rows, [0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => Hurdle.Fit(rows, [1, 2, 3, 4]));
        Assert.Throws<ArgumentException>(() => Hurdle.Fit(rows, [0, -1, 3, 4]));
        Assert.Throws<ArgumentException>(() => Hurdle.Fit(rows, [0, 0, 3, 4], new() { Law = AmountLaw.LogNormal }));
        Assert.Throws<ArgumentException>(() => ZeroInflatedLogNormal.Fit(rows, [0, 0, 0, 4], new() { Penalty = 0 }));
        Assert.Equal(1, Assert.Throws<NotFiniteException>(() => ZeroInflatedLogNormal.Fit(rows, [0, double.NaN, 3, 4])).Row);
    }

    private static SpendModel Lognormal(double probability, double mu, double sigma) =>
        new(new([Math.Log(probability / (1 - probability))], new(1, 1, [0])), new LogNormalAmount(new(mu, [0]), new(LogNormalAmount.SpreadOf(sigma), [0])));

    /// <summary>π = σ(−.5 + x₀ + .5x₁), ln amount ~ N(3 + .8x₀ − .4x₁, softplus(.2 + spread·x₀)²).</summary>
    private static (Matrix Rows, double[] Targets) Simulate(int count, ulong seed, double spread = .5)
    {
        var random = new RandomStream(seed, 1);
        var rows = new Matrix(count, 2, [.. Enumerable.Range(0, 2 * count).Select(_ => random.Gaussian())]);
        double[] y = [.. Enumerable.Range(0, count).Select(i => random.Unit() < Softmax.Logistic(-.5 + rows[i, 0] + .5 * rows[i, 1])
            ? Math.Exp(3 + .8 * rows[i, 0] - .4 * rows[i, 1] + LogNormalAmount.DeviationOf(.2 + spread * rows[i, 0]) * random.Gaussian())
            : 0)];
        return (rows, y);
    }

    /// <summary>The same purchases; amounts of a gamma law of shape 2 and mean exp(3 + .5x₀).</summary>
    private static (Matrix Rows, double[] Targets) SimulateGamma(int count, ulong seed)
    {
        var random = new RandomStream(seed, 2);
        var (rows, y) = Simulate(count, seed);
        double Exponential() => -Math.Log(1 - random.Unit());
        return (rows, [.. y.Select((value, i) => value == 0 ? 0 : Math.Exp(3 + .5 * rows[i, 0]) / 2 * (Exponential() + Exponential()))]);
    }

    private static bool Close(double[] a, double[] b) => a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-6 * (1 + Math.Abs(pair.First)));

    private static Func<double, double, bool> Near(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;
}
