namespace Clientele.Learning;

/// <summary>Centres in single precision, four by four side by side, and how far they have come.</summary>
internal sealed class SingleCentres(int clusters, int columns)
{
    public const int Together = 4;

    private readonly double allowance = 1 + 4 * Slack.Epsilon(columns);
    private bool placed;

    /// <summary>⌈k/4⌉ × d × 4; past the last centre +∞, which is never nearest.</summary>
    public float[] Table { get; } = Empty(clusters, columns);

    /// <summary>By how much, at most, the difference of a row's distances to any two centres has changed since the start.</summary>
    public double Drift { get; private set; }

    /// <param name="centres">k × d, row-major, framed.</param>
    public void Place(ReadOnlySpan<double> centres)
    {
        (double most, double next) = (0, 0);
        for (int c = 0; c < clusters; c++)
        {
            double moved = 0;
            int at = c / Together * columns * Together + c % Together;
            for (int j = 0; j < columns; j++, at += Together)
            {
                float now = (float)centres[c * columns + j];
                double gap = (double)now - Table[at];
                moved += gap * gap;
                Table[at] = now;
            }
            (most, next) = moved > most ? (moved, most) : (most, Math.Max(next, moved));
        }
        Drift += placed ? (Math.Sqrt(most) + Math.Sqrt(next)) * allowance + 1e-18 : 0;
        placed = true;
    }

    private static float[] Empty(int clusters, int columns)
    {
        var table = new float[(clusters + Together - 1) / Together * Together * columns];
        Array.Fill(table, float.PositiveInfinity);
        return table;
    }
}
