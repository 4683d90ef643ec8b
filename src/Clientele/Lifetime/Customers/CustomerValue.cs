using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>What one customer will be worth in the window, how sure that is, and why. Amounts are rounded to the cent, each for itself, so that sums of them are exact.</summary>
/// <param name="Mean">Expected spend, ≥ 0: these add up.</param>
/// <param name="Median">Spend as likely exceeded as not, ≥ 0; 0 for whoever buys again less likely than not.</param>
/// <param name="Likely">Holds the spend in 80 of 100 cases; null where nothing calibrates it.</param>
/// <param name="Wide">In 95 of 100.</param>
/// <param name="Discounted">The mean, each purchase discounted to the cut-off.</param>
/// <param name="Orders">Expected days with a purchase; null where too few bought again.</param>
/// <param name="Buys">Chance of a purchase in the window at all by MBG/NBD, 0 … 1; null likewise.</param>
/// <param name="Alive">P(alive) at the cut-off by MBG/NBD, 0 … 1; null likewise.</param>
/// <param name="Risk">By <paramref name="Buys"/>; null likewise.</param>
/// <param name="NextOrder">Median day of the next purchase if still a customer; null at high risk or beyond <see cref="CustomerValues.Farthest"/> windows.</param>
/// <param name="Decile">1 (best) … 10 by the mean, or by the baseline that ranks customers as well.</param>
/// <param name="Drivers">The three that move the mean most, largest first.</param>
public sealed record CustomerValue(
    string Customer, decimal Mean, decimal Median, MoneyInterval? Likely, MoneyInterval? Wide, decimal Discounted,
    double? Orders, double? Buys, double? Alive, ChurnRisk? Risk, DateOnly? NextOrder, int Decile, IReadOnlyList<DriverEffect> Drivers);

/// <summary>Amounts, both ends included; <paramref name="Upper"/> is null where no end can be given.</summary>
public readonly record struct MoneyInterval(decimal Lower, decimal? Upper)
{
    internal static MoneyInterval? Of(PredictionInterval? known) => known is not { } interval
        ? null
        : new(Cents.Of(Math.Max(0, interval.Lower)), double.IsFinite(interval.Upper) ? Cents.Of(Math.Max(0, interval.Upper)) : null);
}

/// <param name="Amount">Of the mean, against a usual customer; below 0 where it speaks against spending.</param>
public sealed record DriverEffect(string Name, string Label, decimal Amount)
{
    /// <summary>"worth of a purchase +812.40".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Label} {(Amount < 0 ? '−' : '+')}{Math.Abs(Amount):0.00}");
}

/// <summary>Amounts to the cent.</summary>
internal static class Cents
{
    /// <summary>Half a cent goes to the even one, so that many of them do not drift.</summary>
    public static decimal Of(double amount) => Math.Round((decimal)amount, 2, MidpointRounding.ToEven);
}
