using Clientele.Cleaning;

namespace Clientele.Features;

/// <summary>The twin of <c>clv_9.sql</c> and <c>clv_9_published.sql</c> for one customer: the same nine columns, to the bit.</summary>
internal static class ClvFromOrders
{
    /// <param name="lines">Kept, at least one.</param>
    public static double[] Of(IReadOnlyList<TypedLine> lines, AsOf asOf)
    {
        long[] days = [.. lines.Select(line => (long)line.Day).Distinct().Order()];
        return Columns(lines, asOf, Gaps.Between(days, unit: 1), gapOfOne: WholeDays(asOf, lines.Min(line => line.Second)), perLine: false);
    }

    /// <summary>As system 002 published it: averages per line, gaps between lines.</summary>
    public static double[] AsPublished(IReadOnlyList<TypedLine> lines, AsOf asOf)
    {
        long[] seconds = [.. lines.Select(line => line.Second).Order()];
        return Columns(lines, asOf, Gaps.Between(seconds, TypedLine.SecondsADay), gapOfOne: 999, perLine: true);
    }

    private static double[] Columns(IReadOnlyList<TypedLine> lines, AsOf asOf, Gaps gaps, double gapOfOne, bool perLine)
    {
        int invoices = lines.Select(line => line.Invoice).Distinct(StringComparer.Ordinal).Count(), months = lines.Select(line => line.Month).Distinct().Count();
        double revenue = ExactMoney.ToFloat64(ExactMoney.Sum(lines), TypedLine.MoneyUnit);
        return
        [
            WholeDays(asOf, lines.Max(line => line.Second)), invoices, revenue, revenue / (perLine ? lines.Count : invoices), WholeDays(asOf, lines.Min(line => line.Second)),
            months, (double)invoices / months, gaps.Mean(ofNone: gapOfOne), gaps.Deviation,
        ];
    }

    private static double WholeDays(AsOf asOf, long second) => (TypedLine.MidnightOf(asOf.LinesBefore) - second) / TypedLine.SecondsADay;
}
