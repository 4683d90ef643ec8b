namespace Clientele.Learning;

/// <summary>
/// How empty it is between neighbouring clusters: their rows laid on the line that separates the two best, the number at the emptiest place between
/// the centres over the lesser of the numbers around the centres. About 1 or more where a clustering cuts through one cloud, well below 1 where it
/// cuts between two.
/// </summary>
/// <remarks>
/// Our own measure, for what gap and prediction strength miss: a skewed or bent cloud is found again in every half and beats every reference of
/// another shape, but nowhere is it thin. It does not grow with the number of rows, as the gap in standard errors does.
/// </remarks>
internal static class Valley
{
    // Places on the line (0 one centre, 1 the other) in twentieths; a window is six of them wide. The emptiest is looked for from .2 to .8: nearer to
    // a centre of a small cluster beside a large one than half-way.
    private const int PerUnit = 20, Window = 6, First = 4, Last = 16;

    /// <summary>The shallowest valley of any two neighbours: those with no third centre nearer to the middle between them. NaN for fewer than two clusters.</summary>
    /// <param name="rows">n × d.</param>
    /// <param name="labels">n.</param>
    /// <param name="centres">k × d, their means.</param>
    public static double Shallowest(Matrix rows, IReadOnlyList<int> labels, Matrix centres)
    {
        double shallowest = double.NaN;
        int[][] members = [.. Enumerable.Range(0, centres.Rows).Select(_ => Array.Empty<int>())];
        foreach (var group in Enumerable.Range(0, rows.Rows).GroupBy(i => labels[i]))
            members[group.Key] = [.. group];
        Matrix[] scatters = [.. members.Select((own, c) => FisherLine.Scatter(rows, own, centres.Row(c)))];
        for (int a = 0; a < centres.Rows; a++)
            for (int b = 0; b < a; b++)
                if (AreNeighbours(centres, a, b))
                {
                    var line = FisherLine.Between(centres.Row(a), centres.Row(b), scatters[a], scatters[b], members[a].Length + members[b].Length);
                    double depth = Depth(rows, [.. members[a], .. members[b]], line);
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

    private static double Depth(Matrix rows, int[] members, FisherLine line)
    {
        var counts = new int[PerUnit + Window];
        foreach (int i in members)
        {
            double at = Math.Floor(line.Place(rows.Row(i)) * PerUnit + Window / 2.0);
            if (at >= 0 && at < counts.Length)
                counts[(int)at]++;
        }
        int Around(int place) => counts.AsSpan(place, Window).ToArray().Sum();
        int least = Enumerable.Range(First, Last - First + 1).Min(Around), end = Math.Min(Around(0), Around(PerUnit));
        return (least + 1.0) / (end + 1);      // one more in each: few rows prove nothing
    }
}
