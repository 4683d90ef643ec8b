using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>
/// When the n customers of a snapshot buy again and whether they ever will, whichever model says how much they spend: by MBG/NBD, in which a one-time
/// buyer can be gone too (BG/NBD takes every one of them for alive).
/// </summary>
/// <param name="Alive">P(alive) at the cut-off, 0 … 1.</param>
/// <param name="Orders">Expected days with a purchase in the window, ≥ 0; a busy season counts more.</param>
/// <param name="Buys">Chance of a purchase in the window at all, 0 … 1; likewise.</param>
/// <param name="MedianWait">Days from the cut-off until the next purchase of a customer who is alive, as likely exceeded as not.</param>
/// <param name="Discount">Worth at the cut-off of 1 of the money expected in the window, above 0 … 1.</param>
public sealed record BuyingOutlook(double[] Alive, double[] Orders, double[] Buys, double[] MedianWait, double[] Discount)
{
    private const double DaysOfYear = 365.25;

    /// <param name="law">Times in days.</param>
    /// <param name="annualRate">Discount rate d ≥ 0 of a year: money in a year is worth 1/(1+d) today.</param>
    public static BuyingOutlook Of(MbgNbd law, LifetimeSnapshot snapshot, double annualRate, int threads = 0, CancellationToken cancel = default)
    {
        var groups = HistoryGroups.Of(snapshot.Histories);
        var forecast = PurchaseForecast.Of(law, groups, snapshot.SeasonalDays, threads, cancel);
        return new(forecast.Alive, forecast.Expected, PurchaseForecast.Any(law, groups, snapshot.SeasonalDays, threads, cancel), Waits(law, snapshot.Histories), Discounts(law, snapshot, DailyRate(annualRate), cancel));
    }

    /// <summary>Continuous rate of a day: ln(1+d) / 365.25.</summary>
    public static double DailyRate(double annualRate) => double.LogP1(annualRate) / DaysOfYear;

    // Given alive, a customer buys at a rate λ ~ Gamma(r+x, α+T) until the next purchase at least, so P(wait > t) = ((α+T)/(α+T+t))^(r+x).
    private static double[] Waits(MbgNbd law, PurchaseHistories histories) =>
        [.. histories.Frequency.Select((x, i) => (law.Alpha + histories.Tenure[i]) * (Math.Pow(2, 1 / (law.R + x)) - 1))];

    // When in the window the expected purchases fall hangs on x and T alone: being alive scales them all.
    private static double[] Discounts(MbgNbd law, LifetimeSnapshot snapshot, double dailyRate, CancellationToken cancel)
    {
        var known = new Dictionary<(int, double), double>();
        var (frequency, tenure) = (snapshot.Histories.Frequency, snapshot.Histories.Tenure);
        var discounts = new double[frequency.Length];
        for (int i = 0; i < discounts.Length; i++)
        {
            if (!known.TryGetValue((frequency[i], tenure[i]), out double discount))
            {
                cancel.ThrowIfCancellationRequested();
                var justBought = new PurchaseHistory(frequency[i], frequency[i] == 0 ? 0 : tenure[i], tenure[i]);
                double expected = law.ExpectedPurchases(justBought, snapshot.HorizonDays);
                known[(frequency[i], tenure[i])] = discount =
                    expected > 0 ? law.DiscountedPurchases(justBought, dailyRate, snapshot.HorizonDays) / expected : 1;
            }
            discounts[i] = discount;
        }
        return discounts;
    }
}
