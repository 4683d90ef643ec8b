namespace Clientele.Features;

/// <summary>How a customer's spend goes over the months with a line: mean, sample standard deviation and least-squares slope, of exact sums.</summary>
/// <param name="Deviation">0 for one month.</param>
/// <param name="Trend">Money per month, over 0, 1, 2 … of the months; 0 for one month.</param>
internal readonly record struct MonthlySpend(double Mean, double Deviation, double Trend)
{
    /// <exception cref="OverflowException">A month is worth too much to be squared exactly.</exception>
    public static MonthlySpend Of(IReadOnlyList<TypedLine> lines)
    {
        var byMonth = new SortedDictionary<int, Int128>();
        foreach (var line in lines)
            byMonth[line.Month] = byMonth.GetValueOrDefault(line.Month) + line.Amount;

        long months = byMonth.Count, place = 0;
        Int128 total = 0, squares = 0, placed = 0;
        checked
        {
            foreach (var sum in byMonth.Values)
            {
                Int128 spent = (long)sum;
                (total, squares, placed) = (total + spent, squares + spent * spent, placed + spent * place++);
            }
            double mean = ExactMoney.ToFloat64(total, TypedLine.MoneyUnit) / months;
            if (months < 2)
                return new(mean, 0, 0);
            // n Σx² − (Σx)² has eight decimals, 2n Σix − n(n − 1) Σx four.
            double spread = ExactMoney.ToFloat64InTwoParts(months * squares - total * total, decimals: 8);
            double tilt = ExactMoney.ToFloat64InTwoParts(2 * months * placed - months * (months - 1) * total, decimals: 4);
            return new(mean, Math.Sqrt(spread / (months * (months - 1))), tilt / (months * months * (months * months - 1) / 6));
        }
    }
}
