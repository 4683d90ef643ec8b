namespace Clientele.Learning;

/// <summary>
/// How empty it is between neighbouring clusters: their rows laid on the line through both centres, the number around its middle over the lesser
/// of the numbers around its ends. About 1 or more where a clustering cuts through one cloud, well below 1 where it cuts between two.
/// </summary>
/// <remarks>
/// Our own measure, for what gap and prediction strength miss: a skewed or bent cloud is found again in every half and beats every reference of
/// another shape, but nowhere is it thin. It does not grow with the number of rows, as the gap in standard errors does.
/// </remarks>
internal static class Valley
{
    // Windows on the line (0 one centre, 1 the other) of equal width: .3 around the middle, .3 around each end.
    private const double HalfWindow = 0.15;

    /// <summary>The shallowest valley of any two neighbours: those with no third centre nearer to the middle between them. NaN for fewer than two clusters.</summary>
    /// <param name="centres">k × d.</param>
    public static double Shallowest(Matrix rows, IReadOnlyList<int> labels, Matrix centres)
    {
        double shallowest = double.NaN;
        ILookup<int, int> members = Enumerable.Range(0, rows.Rows).ToLookup(i => labels[i]);
        for (int a = 0; a < centres.Rows; a++)
            for (int b = 0; b < a; b++)
                if (AreNeighbours(centres, a, b))
                {
                    double depth = Between(rows, members[a], members[b], centres.Row(a), centres.Row(b));
                    shallowest = double.IsNaN(shallowest) ? depth : Math.Max(shallowest, depth);
                }
        return shallowest;
    }

    private static bool AreNeighbours(Matrix centres, int a, int b)
    {
        var middle = new double[centres.Columns];
        for (int j = 0; j < middle.Length; j++)
            middle[j] = (centres[a, j] + centres[b, j]) / 2;
        double reach = LaneRows.SquaredDistance(middle, centres.Row(a));
        for (int c = 0; c < centres.Rows; c++)
            if (c != a && c != b && LaneRows.SquaredDistance(middle, centres.Row(c)) < reach)
                return false;
        return true;
    }

    private static double Between(Matrix rows, IEnumerable<int> left, IEnumerable<int> right, ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        var line = new double[from.Length];
        double length = 0, start = 0;
        for (int j = 0; j < line.Length; j++)
        {
            line[j] = to[j] - from[j];
            length += line[j] * line[j];
            start += from[j] * line[j];
        }
        double Place(int i)
        {
            double product = 0;
            var row = rows.Row(i);
            for (int j = 0; j < line.Length; j++)
                product += row[j] * line[j];
            return (product - start) / length;
        }
        double[] places = [.. left.Select(Place)], others = [.. right.Select(Place)];
        int middle = Around(places, 0.5) + Around(others, 0.5), end = Math.Min(Around(places, 0), Around(others, 1));
        return (middle + 1.0) / (end + 1);      // one more in each: few rows prove nothing
    }

    private static int Around(double[] places, double at) => places.Count(place => Math.Abs(place - at) <= HalfWindow);
}
