namespace Clientele.Learning.Tests;

/// <summary>How often the truth lies within two standard errors, and within the 95 % interval, when customers behave as the model says. The test runs a few, the bench hundreds.</summary>
/// <param name="Within2">Share of parameters within two standard errors of the logarithm; .9545 of a normal law.</param>
/// <param name="Covered">Share of 95 % intervals that hold the truth.</param>
internal sealed record RecoveryStudy(double Within2, double Covered, int Fits, int Doubtful)
{
    public static readonly IPurchaseModel[] Truths = [new BgNbd(.8, 6, 1.2, 3), new MbgNbd(.9, 7, .9, 2.5), new ParetoNbd(.9, 9, .8, 12)];

    public static RecoveryStudy Of(IPurchaseModel truth, int fits, int customers, ulong seed)
    {
        (int within, int covered, int all, int doubtful) = (0, 0, 0, 0);
        for (int fit = 0; fit < fits; fit++)
        {
            var groups = HistoryGroups.Of(SimulatedCustomers.Of(truth, customers, RandomStream.Derive(seed, fit), 52, 104));
            (IReadOnlyList<Estimate> estimates, double[] true_) = truth switch
            {
                BgNbd m => (BgNbd.Fit(groups).Estimates, (double[])[m.R, m.Alpha, m.A, m.B]),
                MbgNbd m => (MbgNbd.Fit(groups).Estimates, [m.R, m.Alpha, m.A, m.B]),
                ParetoNbd m => (ParetoNbd.Fit(groups).Estimates, [m.R, m.Alpha, m.S, m.Beta]),
                _ => throw new ArgumentException("Not studied.", nameof(truth)),
            };
            if (estimates.Any(estimate => estimate.StandardError is null))
            {
                doubtful++;
                continue;
            }
            for (int i = 0; i < 4; i++)
            {
                all++;
                (double lower, double upper) = estimates[i].Interval()!.Value;
                covered += lower <= true_[i] && true_[i] <= upper ? 1 : 0;
                (lower, upper) = estimates[i].Interval(2)!.Value;
                within += lower <= true_[i] && true_[i] <= upper ? 1 : 0;
            }
        }
        return new(within / (double)all, covered / (double)all, fits, doubtful);
    }
}
