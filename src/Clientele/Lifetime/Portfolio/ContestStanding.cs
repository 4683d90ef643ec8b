using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>How one model did over all cut-offs of a contest: means of <see cref="ContestEntry"/>, with the spread of the errors.</summary>
/// <param name="RmseSpread">Standard deviation over cut-offs; null for one.</param>
/// <param name="Gini">Null where nobody spent at any.</param>
public sealed record ContestStanding(
    string Model, double Rmse, double? RmseSpread, double MedianAbsolute, double? MedianAbsoluteSpread, double? Gini, double? Spearman, double? Bias)
{
    /// <summary>One per model, in the order of the contest.</summary>
    public static IReadOnlyList<ContestStanding> Of(ContestResult contest) =>
    [
        .. contest.Entries.GroupBy(entry => entry.Model).Select(entries =>
        {
            var (rmse, absolute) = (RollingOrigins.Spread([.. entries.Select(e => e.Rmse)]), RollingOrigins.Spread([.. entries.Select(e => e.MedianAbsolute)]));
            return new ContestStanding(
                entries.Key, rmse.Mean, rmse.Deviation, absolute.Mean, absolute.Deviation, entries.Average(e => e.Gini), entries.Average(e => e.Spearman), entries.Average(e => e.Bias));
        }),
    ];
}
