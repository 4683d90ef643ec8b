namespace Clientele.Learning;

/// <param name="Centres">k × d, row-major.</param>
/// <param name="Labels">At least as long as there are rows; what follows is padding.</param>
/// <param name="Empty">Clusters that no row could be found for: there are fewer distinct rows than clusters.</param>
internal sealed record LloydFit(double[] Centres, int[] Labels, double Inertia, int Iterations, bool Converged, int Empty);

/// <summary>Assigns and averages in turn, from given centres to rest. Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2).</summary>
internal sealed class Lloyd
{
    private const int FirstLook = 5, WorthWaiting = 25;

    private readonly LloydPass pass;
    private readonly double[] centres;
    private readonly int columns;
    private readonly CancellationToken cancel;

    private Lloyd(LloydPass pass, double[] start, CancellationToken cancel) =>
        (this.pass, centres, columns, this.cancel) = (pass, start, pass.Columns, cancel);

    /// <summary>In double precision.</summary>
    /// <param name="start">k × d, row-major.</param>
    /// <param name="tolerance">Ends when Σ‖Δc‖² is at most this; 0: only when labels repeat.</param>
    public static LloydFit Run(RowView rows, double[] start, int maxIterations, double tolerance, int threads = 1, CancellationToken cancel = default) =>
        new Lloyd(new ExactPass(rows, start.Length / rows.Columns, threads), [.. start], cancel).Run(1, maxIterations, tolerance);

    /// <summary>In single precision; start, centres and inertia in the units of the rows before they were framed.</summary>
    /// <inheritdoc cref="Run(RowView, double[], int, double, int, CancellationToken)"/>
    public static LloydFit Run(SingleRows rows, double[] start, int maxIterations, double tolerance, int threads = 1, CancellationToken cancel = default) =>
        Framed(rows, start, threads, lloyd => lloyd.Run(1, maxIterations, tolerance * rows.Frame.Unit * rows.Frame.Unit), cancel);

    /// <summary>The same with momentum, until it brings nothing more: other ends than plain iteration, as a rule better ones and sooner.</summary>
    /// <param name="worthwhile">An inertia: a fit that at its pace would need more than 25 iterations to come below it is given up.</param>
    /// <remarks>
    /// Every centre goes to its mean and on by (t−1)/(t+2) of what the mean moved; t starts anew when the inertia rises. Source: Nesterov (1983),
    /// Soviet Math. Doklady 27(2); restarts: O'Donoghue &amp; Candès (2015), Found. Comput. Math. 15(3), §3.2.
    /// </remarks>
    /// <inheritdoc cref="Run(SingleRows, double[], int, double, int, CancellationToken)"/>
    public static LloydFit Hurry(SingleRows rows, double[] start, int maxIterations, double tolerance, double worthwhile, int threads, CancellationToken cancel)
    {
        double square = rows.Frame.Unit * rows.Frame.Unit;
        return Framed(rows, start, threads, lloyd => lloyd.Run(lloyd.Hurry(maxIterations, tolerance * square, worthwhile * square), maxIterations, tolerance * square), cancel);
    }

    private static LloydFit Framed(SingleRows rows, double[] start, int threads, Func<Lloyd, LloydFit> settle, CancellationToken cancel)
    {
        var fit = settle(new(new SinglePass(rows, start.Length / rows.Columns, threads), rows.Frame.Enter(start), cancel));
        return fit with { Centres = rows.Frame.Leave(fit.Centres), Inertia = fit.Inertia / rows.Frame.Unit / rows.Frame.Unit };
    }

    // Returns the iteration to go on from.
    private int Hurry(int maxIterations, double tolerance, double worthwhile)
    {
        double[] means = [.. centres];
        double last = double.PositiveInfinity;
        for (int iteration = 1, speed = 1; ; iteration++)
        {
            cancel.ThrowIfCancellationRequested();
            bool moved = Assign();
            moved |= FillEmpty();
            double inertia = pass.Inertia;
            if (iteration > FirstLook && last >= inertia && inertia - worthwhile > WorthWaiting * (last - inertia))
                return maxIterations + 1;
            speed = inertia > last ? 1 : speed + 1;
            last = inertia;
            if (Average(means, (speed - 1) / (speed + 2.0)) <= tolerance || !moved || iteration == maxIterations)
            {
                means.CopyTo(centres);
                return iteration + 1;
            }
        }
    }

    private LloydFit Run(int iteration, int maxIterations, double tolerance)
    {
        bool converged = false;
        for (; iteration <= maxIterations; iteration++)
        {
            cancel.ThrowIfCancellationRequested();
            bool moved = Assign();
            moved |= FillEmpty();
            if (converged = !moved)
                break;
            if (converged = Average() <= tolerance)
            {
                Assign();
                break;
            }
        }
        if (!converged)
            Assign();
        // A cluster that the last centres left empty takes a row, and the others settle around it.
        for (int left = pass.Clusters; left > 0 && FillEmpty(); left--)
        {
            Average();
            Assign();
        }
        return new(centres, pass.Labels, pass.Inertia, Math.Min(iteration, maxIterations), converged, pass.Total.Counts.Count(count => count == 0));
    }

    private bool Assign()
    {
        pass.Place(centres);
        return pass.Run();
    }

    // A cluster without rows gets the row farthest from its own centre; several get distinct ones.
    private bool FillEmpty()
    {
        bool filled = false;
        for (int c = 0; c < pass.Clusters; c++)
        {
            if (pass.Total.Counts[c] > 0 || Farthest() is not (>= 0 and var row))
                continue;
            pass.Move(row, c);
            for (int j = 0; j < columns; j++)
                centres[c * columns + j] = pass.Value(row, j);
            filled = true;
        }
        return filled;
    }

    private int Farthest()
    {
        (double most, int farthest) = (0, -1);
        for (int i = 0; i < pass.Rows; i++)
        {
            if (pass.Total.Counts[pass.Labels[i]] > 1 && Distance(i) is var distance && distance > most)
                (most, farthest) = (distance, i);
        }
        return farthest;
    }

    private double Distance(int row)
    {
        double sum = 0;
        for (int j = 0, at = pass.Labels[row] * columns; j < columns; j++)
        {
            double gap = pass.Value(row, j) - centres[at + j];
            sum += gap * gap;
        }
        return sum;
    }

    private double Average() => Average(centres, 0);

    // Moves every centre to the mean of its rows and on by a share of the way from its mean before; returns Σ‖Δc‖².
    private double Average(double[] means, double further)
    {
        double shift = 0;
        for (int c = 0; c < pass.Clusters; c++)
        {
            if (pass.Total.Counts[c] == 0)
                continue;
            for (int j = c * columns; j < (c + 1) * columns; j++)
            {
                double mean = pass.Total.Sums[j] / pass.Total.Mass[c];
                double next = mean + further * (mean - means[j]);
                double gap = next - centres[j];
                shift += gap * gap;
                (means[j], centres[j]) = (mean, next);
            }
        }
        return shift;
    }
}
