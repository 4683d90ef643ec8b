namespace Clientele.Learning;

/// <summary>The mean silhouette of a table from some of its rows, each measured against all: unbiased, with what it may be wrong by.</summary>
/// <param name="Mean">−1 … 1.</param>
/// <param name="StandardError">sd/√m · √(1 − m/n) of m rows drawn of n without replacement (Cochran 1977, Sampling Techniques, §2.6); 0 when all were drawn.</param>
/// <param name="Rows">m.</param>
public sealed record SampledSilhouette(double Mean, double StandardError, int Rows)
{
    private const int Width = LabelCells.Width, ChunkRows = 16 * Width, Abreast = DistanceKernel<double>.Abreast;

    /// <param name="rows">n × d, finite.</param>
    /// <param name="labels">n, from 0; two clusters at least.</param>
    /// <param name="sampleRows">Rows to draw, ≥ 2; costs sampleRows × n distances.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static SampledSilhouette Score(
        Matrix rows, IReadOnlyList<int> labels, int sampleRows, ulong seed = 42, int threads = 0, CancellationToken cancel = default)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRows, 2);
        var labeling = Labeling.Of(rows, labels);
        var cells = LabelCells.Of(rows, [labeling], mostCells: labeling.Clusters);
        var lanes = new double[cells.Positions * cells.Columns];
        DistanceKernel<double>.Place(cells.Lanes, new double[cells.Columns], lanes);
        double[] real = [.. cells.Real.Select(row => BitConverter.Int64BitsToDouble(row ? -1 : 0))];
        int[] positions = [.. Enumerable.Range(0, cells.Positions).Where(at => cells.Real[at])];
        int[] drawn = [.. new RandomStream(seed).Sample(positions.Length, sampleRows).Select(i => positions[i])];
        var scores = new double[drawn.Length];
        Workers.Run((drawn.Length + Abreast - 1) / Abreast, threads, task =>
        {
            int first = task * Abreast, count = Math.Min(Abreast, drawn.Length - first);
            double[][] sums = Sums(cells, lanes, real, drawn.AsSpan(first, count));
            for (int i = 0; i < count; i++)
                scores[first + i] = Silhouette.One(sums, 0, i, labeling, labeling.Labels[cells.RowAt[drawn[first + i]]]);
        }, cancel);
        (double mean, double deviation) = Columnwise.Moments(scores);
        double left = 1 - drawn.Length / (double)rows.Rows;
        return new(mean, deviation / Math.Sqrt(drawn.Length - 1) * Math.Sqrt(left), drawn.Length);
    }

    // Clusters × the drawn rows; there may be fewer than the kernel takes, then the first stands in.
    private static double[][] Sums(LabelCells cells, double[] lanes, double[] real, ReadOnlySpan<int> drawn)
    {
        int d = cells.Columns;
        var points = new double[Abreast * d];
        for (int i = 0; i < Abreast; i++)
            cells.Points.AsSpan((i < drawn.Length ? drawn[i] : drawn[0]) * d, d).CopyTo(points.AsSpan(i * d));
        double[][] sums = [.. Enumerable.Range(0, cells.Clusters).Select(_ => new double[Abreast])];
        Span<double> down = stackalloc double[ChunkRows], all = stackalloc double[Abreast];
        all.Fill(BitConverter.Int64BitsToDouble(-1));
        for (int at = 0, end; at < cells.Positions; at = end)
        {
            int cell = cells.CellOf[at / Width];
            end = at + Width;
            while (end < cells.Positions && end - at < ChunkRows && cells.CellOf[end / Width] == cell)
                end += Width;
            var across = DistanceKernel<double>.Run(d, end - at, ref points[0], ref all[0], ref lanes[at * d], ref real[at], ref down[0]);
            for (int i = 0; i < Abreast; i++)
                sums[cells.ClustersOf[cell][0]][i] += across[i];
        }
        return sums;
    }
}
