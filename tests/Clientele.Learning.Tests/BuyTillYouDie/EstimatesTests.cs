namespace Clientele.Learning.Tests;

/// <summary>Golden estimates of reference/science.md A6: to 1e-5, log-likelihoods to 1e-4, standard errors to 1e-4 of them, score ≤ 1e-6.</summary>
public sealed class EstimatesTests
{
    [Fact]
    public void Cdnow_is_read_as_published()     // A1
    {
        var cohort = Cdnow.Exact.Value;
        Assert.Equal(2357, cohort.Histories.Count);
        Assert.Equal(2457, cohort.Histories.Frequency.Sum());
        Assert.Equal(1411, cohort.Histories.Frequency.Count(x => x == 0));
        Assert.Equal(1016, HistoryGroups.Of(cohort.Histories).Weights.Length);
        Assert.Equal(1882, cohort.Future.Sum());
        Assert.Equal(35.0786, cohort.Spend.Where(m => m > 0).Average(), 1e-3);      // The copy summed there has two decimals.
    }

    [Fact]
    public void Bg_nbd_on_cdnow() => Check(BgNbd.Fit(Cdnow.Exact.Value.Histories), -9582.4292067,
        [.2425945224, 4.413602019, .7929220172, 2.4259067769], [.0125574, .3782241, .1857338, .7054142]);

    [Fact]
    public void Bg_nbd_on_the_two_decimals() => Check(BgNbd.Fit(Cdnow.TwoDecimals), -9582.4255606,
        [.2425929072, 4.4135315612, .7928861481, 2.4257534366], [.0125573, .3782214, .1857191, .7053457]);

    [Fact]
    public void Mbg_nbd_on_cdnow() => Check(MbgNbd.Fit(Cdnow.Exact.Value.Histories), -9582.1357156,
        [.5248431591, 6.1830852794, .8913593908, 1.6140022403], [.0832682, .6956207, .1547899, .5374949]);

    [Fact]
    public void Mbg_nbd_on_the_two_decimals() => Check(MbgNbd.Fit(Cdnow.TwoDecimals), -9582.1326849,
        [.5248379836, 6.1829920195, .8913561554, 1.6139993349], null);

    [Fact]
    public void Pareto_nbd_on_cdnow() => Check(ParetoNbd.Fit(Cdnow.Exact.Value.Histories), -9594.9761789,
        [.5532770468, 10.5776834632, .6062399892, 11.6687352909], [.0476279, .8427225, .1872813, 6.2111131]);

    [Fact]
    public void Pareto_nbd_on_the_two_decimals() => Check(ParetoNbd.Fit(Cdnow.TwoDecimals), -9594.9739298,
        [.5532755087, 10.5776122386, .6062135687, 11.66791124], null);

    [Fact]
    public void Bg_nbd_at_the_second_origin_does_not_run_away() => Check(BgNbd.Fit(Cdnow.Second.Value.Histories), -6628.2149633,     // trap: A8
        [.23008238, 3.73058690, .92808607, 2.36683707], [.0140471, .3701916, .2798512, .8571785]);

    [Fact]
    public void Mbg_nbd_at_the_second_origin() => Check(MbgNbd.Fit(Cdnow.Second.Value.Histories), -6629.7992858,
        [.50073384, 5.08047233, 1.13138090, 1.86680217], null);

    [Fact]
    public void Pareto_nbd_at_the_second_origin() => Check(ParetoNbd.Fit(Cdnow.Second.Value.Histories), -6640.6650637,
        [.55794294, 9.34431197, .55226260, 6.69659913], null);

    [Fact]
    public void Gamma_gamma_on_cdnow() =>
        Check(GammaGamma.Fit(Cdnow.Exact.Value.Histories.Frequency, Cdnow.Exact.Value.Spend), -4055.9176948,
            [6.2495722713, 3.7442246672, 15.443520963], [1.1900554, .2901331, 4.1594229]);

    [Fact]
    public void Gamma_gamma_on_rounded_means_has_the_published_digits()       // 6.25 3.74 15.44: lifetimes' test
    {
        var fit = GammaGamma.Fit(Cdnow.Exact.Value.Histories.Frequency, [.. Cdnow.Exact.Value.Spend.Select(m => Math.Round(m, 2))]);
        Assert.Equal([6.25, 3.74, 15.44], fit.Estimates.Select(estimate => estimate.Value), (a, b) => Math.Abs(a - b) <= .006);
    }

    [Fact]
    public void Bg_bb_on_donations() => Check(BgBb.Fit(Donations.Histories), -33225.5812743,
        [1.2035223516, .7497163582, .6567182084, 2.7834422326], [.0693914, .0294477, .0510099, .3208190]);

    [Theory]        // A6, log-likelihoods at given parameters, exact data
    [InlineData("bg", new[] { .243, 4.414, .793, 2.426 }, -9582.4304780)]
    [InlineData("mbg", new[] { .525, 6.183, .891, 1.614 }, -9582.1358262)]
    [InlineData("pareto", new[] { .553, 10.578, .606, 11.669 }, -9594.9762593)]
    [InlineData("pareto", new[] { 1.0, 1, 1, 1 }, -12032.1872621)]
    [InlineData("pareto", new[] { .5, 15, .5, 10 }, -9655.9695538)]
    public void The_likelihood_at_rounded_parameters(string model, double[] parameters, double expected)
    {
        var likelihood = Likelihoods.Of(model, HistoryGroups.Of(Cdnow.Exact.Value.Histories));
        Assert.Equal(expected, likelihood.Evaluate([.. parameters.Select(p => Math.Log(p))], new double[4]), 1e-6);
    }

    [Fact]
    public void The_gamma_gamma_likelihood_at_rounded_parameters()
    {
        var buyers = Enumerable.Range(0, 2357).Where(i => Cdnow.Exact.Value.Histories.Frequency[i] > 0).ToArray();
        var likelihood = new GammaGammaLikelihood([.. buyers.Select(i => Cdnow.Exact.Value.Histories.Frequency[i])], [.. buyers.Select(i => Cdnow.Exact.Value.Spend[i])], 1);
        Assert.Equal(-4055.9192320, likelihood.Evaluate([Math.Log(6.25), Math.Log(3.74), Math.Log(15.44)], new double[3]), 1e-6);
    }

    [Theory]        // A2: log-likelihood and gradient (by the parameters) at (1, 3, 1, 3)
    [InlineData("bg", -11839.71845329, new[] { -3820.36685812, 546.05332176, 84.12650879, -25.98343999 })]
    [InlineData("mbg", -10289.29923650, new[] { -1059.73313761, 205.54127763, 663.80468101, -208.06930141 })]
    public void The_gradient_at_a_far_point(string model, double value, double[] byParameter)
    {
        double[] at = [1, 3, 1, 3], gradient = new double[4];
        Assert.Equal(value, Likelihoods.Of(model, HistoryGroups.Of(Cdnow.Exact.Value.Histories)).Evaluate([.. at.Select(p => Math.Log(p))], gradient), 1e-7);
        for (int i = 0; i < 4; i++)
            Assert.Equal(byParameter[i], gradient[i] / at[i], 1e-7);
    }

    [Theory]        // A6, single contributions at the exact estimates
    [InlineData("bg", -9.459559478, -.553791289, -37.728327406)]
    [InlineData("mbg", -9.485713483, -.539598376, -38.323570809)]
    [InlineData("pareto", -9.554173556, -.521193005, -39.130760354)]
    public void Single_contributions(string model, params double[] expected)
    {
        double[] at = model switch
        {
            "bg" => [.2425945224, 4.413602019, .7929220172, 2.4259067769],
            "mbg" => [.5248431591, 6.1830852794, .8913593908, 1.6140022403],
            _ => [.5532770468, 10.5776834632, .6062399892, 11.6687352909],
        };
        PurchaseHistory[] customers = [new(2, 213 / 7.0, 272 / 7.0), new(0, 0, 272 / 7.0), new(26, 216 / 7.0, 31)];
        for (int i = 0; i < 3; i++)
        {
            var c = customers[i];
            var groups = HistoryGroups.Of(new([c.Frequency], [c.Recency], [c.Tenure]));
            Assert.Equal(expected[i], Likelihoods.Of(model, groups).Evaluate([.. at.Select(p => Math.Log(p))], new double[4]), 2e-9);
        }
    }

    private static void Check<TModel>(PurchaseFit<TModel> fit, double logLikelihood, double[] parameters, double[]? errors)
    {
        Assert.Equal(logLikelihood, fit.LogLikelihood, 1e-4);
        Assert.InRange(fit.Score, 0, 1e-6);
        for (int i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(1, fit.Estimates[i].Value / parameters[i], 1e-5);
            if (errors is not null)
                Assert.Equal(1, fit.Estimates[i].StandardError!.Value / errors[i], 1e-4);
        }
        Assert.DoesNotContain(fit.Warnings, warning => warning.Kind != FitWarningKind.StartsDiffer);
    }
}
