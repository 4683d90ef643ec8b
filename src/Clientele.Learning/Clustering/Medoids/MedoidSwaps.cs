namespace Clientele.Learning;

/// <summary>FasterPAM: every row in turn is tried as a medoid in the place of the best one to drop, and taken at once when the loss falls.</summary>
/// <remarks>One pass over the rows gives the gain of a candidate against all k medoids together. Source: Schubert &amp; Rousseeuw (2021), Information Systems 101, algorithm 3.</remarks>
internal sealed class MedoidSwaps
{
    private readonly RowDistances distances;
    private readonly int[] medoids, first;
    private readonly double[] near, next, removal, gain, candidate;
    private readonly double[][] toMedoids;
    private readonly bool[] isMedoid;
    private double loss;

    private MedoidSwaps(RowDistances distances, int[] medoids)
    {
        (this.distances, this.medoids) = (distances, medoids);
        int n = distances.Rows;
        (first, near, next) = (new int[n], new double[n], new double[n]);
        (removal, gain, candidate) = (new double[medoids.Length], new double[medoids.Length], new double[distances.Length]);
        isMedoid = new bool[n];
        toMedoids = [.. medoids.Select(_ => new double[distances.Length])];
        for (int m = 0; m < medoids.Length; m++)
        {
            isMedoid[medoids[m]] = true;
            distances.From(medoids[m], toMedoids[m]);
        }
        Rank();
    }

    /// <param name="medoids">At least two distinct rows to start from; changed in place to the outcome.</param>
    /// <returns>False: stopped by the number of rounds.</returns>
    public static bool Run(RowDistances distances, int[] medoids, int maxRounds, CancellationToken cancel)
    {
        var swaps = new MedoidSwaps(distances, medoids);
        int quiet = 0;
        for (int step = 0; step < maxRounds * distances.Rows; step++)
        {
            cancel.ThrowIfCancellationRequested();
            int row = step % distances.Rows;
            quiet = !swaps.isMedoid[row] && swaps.Try(row) ? 0 : quiet + 1;
            if (quiet == distances.Rows)
                return true;
        }
        return false;
    }

    /// <summary>The single best medoid: the row of least Σ distance.</summary>
    public static int Only(RowDistances distances, CancellationToken cancel)
    {
        var to = new double[distances.Length];
        (double least, int best) = (double.PositiveInfinity, 0);
        for (int row = 0; row < distances.Rows; row++)
        {
            cancel.ThrowIfCancellationRequested();
            distances.From(row, to);
            double sum = 0;
            foreach (double distance in to.AsSpan(0, distances.Rows))
                sum += distance;
            if (sum < least)
                (least, best) = (sum, row);
        }
        return best;
    }

    // Nearest and next nearest medoid of every row, and what the loss would grow by without each medoid.
    private void Rank()
    {
        Array.Clear(removal);
        loss = 0;
        for (int i = 0; i < distances.Rows; i++)
        {
            var two = new NearestTwo();
            for (int m = 0; m < medoids.Length; m++)
                two.Meet(m, toMedoids[m][i]);
            (first[i], near[i], next[i]) = (two.First, two.Distance, two.SecondDistance);
            removal[two.First] += two.SecondDistance - two.Distance;
            loss += two.Distance;
        }
    }

    private bool Try(int row)
    {
        distances.From(row, candidate);
        removal.CopyTo(gain.AsSpan());
        double shared = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double to = candidate[i];
            if (to < near[i])
            {
                shared += to - near[i];
                gain[first[i]] += near[i] - next[i];
            }
            else if (to < next[i])
                gain[first[i]] += to - next[i];
        }
        int worst = Array.IndexOf(gain, gain.Min());
        // A gain of no more than the rounding of the sums is none: else equal exchanges could go round for ever.
        if (shared + gain[worst] >= -1e-12 * loss)
            return false;
        (isMedoid[medoids[worst]], isMedoid[row]) = (false, true);
        medoids[worst] = row;
        candidate.CopyTo(toMedoids[worst].AsSpan());
        Rank();
        return true;
    }
}
