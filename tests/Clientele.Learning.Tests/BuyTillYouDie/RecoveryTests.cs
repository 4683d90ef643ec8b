namespace Clientele.Learning.Tests;

public sealed class RecoveryTests
{
    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void Simulated_parameters_come_back_within_their_errors(int truth)      // ./dev bench prediction-btyd-recovery: 95 % ± 2 points
    {
        var study = RecoveryStudy.Of(RecoveryStudy.Truths[truth], fits: 20, customers: 1500, seed: 31);
        Assert.Equal(0, study.Doubtful);
        Assert.InRange(study.Covered, .85, 1);      // 80 parameters in fours that move together: 3 s.e. ≈ .1
    }

    [Fact]
    public void Spends_come_back()
    {
        var random = new RandomStream(9, 1);
        int[] x = [.. Enumerable.Range(0, 6000).Select(_ => 1 + random.Below(6))];
        double[] m = [.. x.Select(n => SimulatedCustomers.Gamma(random, 6.25 * n) / n / (SimulatedCustomers.Gamma(random, 3.74) / 15.44))];
        var fit = GammaGamma.Fit(x, m);
        foreach (var (estimate, truth) in fit.Estimates.Zip((double[])[6.25, 3.74, 15.44]))
            Assert.InRange(estimate.Value, truth - 3 * estimate.StandardError!.Value, truth + 3 * estimate.StandardError!.Value);
    }

    [Fact]
    public void Covariates_come_back_and_predict_their_group()
    {
        var (histories, table) = TwoChannels(new ParetoNbd(1.5, 12, .8, 15), new ParetoNbd(1.5, 12 * Math.Exp(-.6), .8, 15 * Math.Exp(.7)), 4000);
        var fit = CovariateParetoNbd.Fit(histories, table);
        Assert.DoesNotContain(fit.Warnings, warning => warning.Kind != FitWarningKind.StartsDiffer);
        Assert.InRange(fit.Score, 0, 1e-6);
        Assert.InRange(fit.Model.Buying[0], .6 - 3 * fit.Estimates[4].StandardError!.Value, .6 + 3 * fit.Estimates[4].StandardError!.Value);
        Assert.InRange(fit.Model.Leaving[0], -.7 - 3 * fit.Estimates[5].StandardError!.Value, -.7 + 3 * fit.Estimates[5].StandardError!.Value);

        var groups = HistoryGroups.Of(histories, table);
        var forecast = PurchaseForecast.Of(fit.Model, groups, 26);
        int last = histories.Count - 1;
        Assert.Equal(fit.Model.For([1]).ExpectedPurchases(histories[last], 26), forecast.Expected[last]);
        Assert.InRange(LikelihoodRatio.Of(fit.LogLikelihood, ParetoNbd.Fit(histories).LogLikelihood, 2).PValue, 0, 1e-6);
    }

    [Fact]
    public void Covariates_of_bg_nbd_come_back()
    {
        var (histories, table) = TwoChannels(new BgNbd(1, 8, 1, 3), new BgNbd(1, 8 * Math.Exp(-.6), 1 * Math.Exp(.5), 3 * Math.Exp(-.4)), 8000);
        var fit = CovariateBgNbd.Fit(histories, table);
        double[] truth = [1, 8, 1, 3, .6, .5, -.4];
        Assert.Equal(7, fit.Estimates.Count);
        for (int i = 0; i < 7; i++)
            Assert.InRange(truth[i], fit.Estimates[i].Value - 3.5 * fit.Estimates[i].StandardError!.Value, fit.Estimates[i].Value + 3.5 * fit.Estimates[i].StandardError!.Value);
    }

    [Fact]
    public void Covariates_that_run_away_are_left_out_of_leaving()      // A8: on the apparel data the form with one coefficient does
    {
        // Nobody of the second channel leaves.
        var (histories, table) = TwoChannels(new BgNbd(1, 8, 1, 3), new BgNbd(1, 8, 1e-9, 1), 600);
        var fit = CovariateBgNbd.Fit(histories, table);
        Assert.Contains(fit.Warnings, warning => warning.Kind == FitWarningKind.CovariatesLeftOut);
        Assert.Equal(0, fit.Model.LeavingA[0]);
    }

    [Fact]
    public void A_constant_covariate_is_refused() =>
        Assert.Throws<ArgumentException>(() => CovariateParetoNbd.Fit(new([1, 0], [1, 0], [4, 4]), new(2, 1, [1, 1])));

    [Fact]
    public void The_published_likelihood_ratio_has_its_p_value() =>      // A8: CLVTools, 10.943 on 1 degree of freedom
        Assert.Equal(.0009396, LikelihoodRatio.Of(10.943 / 2, 0, 1).PValue, 5e-7);

    private static (PurchaseHistories, Matrix) TwoChannels(IPurchaseModel first, IPurchaseModel second, int each)
    {
        var (a, b) = (SimulatedCustomers.Of(first, each, seed: 1, 52, 104), SimulatedCustomers.Of(second, each, seed: 2, 52, 104));
        return (new([.. a.Frequency, .. b.Frequency], [.. a.Recency, .. b.Recency], [.. a.Tenure, .. b.Tenure]),
            new(2 * each, 1, [.. Enumerable.Range(0, 2 * each).Select(i => i < each ? 0.0 : 1)]));
    }
}
