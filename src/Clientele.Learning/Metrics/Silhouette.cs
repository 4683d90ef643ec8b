using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <param name="Mean">−1 … 1; larger is better.</param>
/// <param name="PerRow">(b−a)/max(a, b): a = mean distance to the others of its cluster, b = least mean distance to another cluster; 0 for a row alone in its cluster.</param>
public sealed record SilhouetteScore(double Mean, IReadOnlyList<double> PerRow);

/// <summary>How much nearer rows are to their own cluster than to the next. Exact: every pair counts. Source: Rousseeuw (1987), J. Comput. Appl. Math. 20.</summary>
public static class Silhouette
{
    /// <param name="rows">n × d, finite.</param>
    /// <param name="labels">n, from 0; two clusters at least.</param>
    public static SilhouetteScore Score(Matrix rows, IReadOnlyList<int> labels, int threads = 0) => Score(rows, [labels], threads)[0];

    /// <summary>Several labelings of the same rows: every distance is computed once for all of them. The bits are those of one at a time.</summary>
    public static IReadOnlyList<SilhouetteScore> Score(Matrix rows, IReadOnlyList<IReadOnlyList<int>> labelings, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(labelings);
        NotFiniteException.Refuse(rows);
        Labeling[] all = [.. labelings.Select(labels => Labeling.Of(rows, labels))];
        return Score(new LaneRows(rows), all, threads);
    }

    internal static SilhouetteScore[] Score(LaneRows rows, Labeling[] labelings, int threads, CancellationToken cancel = default)
    {
        var members = new Membership(rows, labelings);
        double[][] scores = [.. labelings.Select(_ => new double[rows.Rows])];
        const int block = 64;
        Workers.Run((rows.Rows + block - 1) / block, threads, task =>
        {
            var sums = new DistanceSums(rows, members);
            for (int first = task * block; first < Math.Min(rows.Rows, (task + 1) * block); first += DistanceSums.Height)
            {
                sums.Measure(first);
                for (int i = first; i < Math.Min(rows.Rows, first + DistanceSums.Height); i++)
                    for (int m = 0; m < labelings.Length; m++)
                        scores[m][i] = One(sums.Of(i - first, members.Offsets[m], labelings[m].Clusters), labelings[m], i);
            }
        }, cancel);
        return [.. scores.Select(perRow => new SilhouetteScore(perRow.Length == 0 ? 0 : Sum(perRow) / perRow.Length, perRow))];
    }

    private static double One(ReadOnlySpan<double> sums, Labeling labeling, int row)
    {
        int own = labeling.Labels[row];
        if (labeling.Counts[own] == 1)
            return 0;
        double a = sums[own] / (labeling.Counts[own] - 1), b = double.PositiveInfinity;
        for (int c = 0; c < sums.Length; c++)
            if (c != own && labeling.Counts[c] > 0)
                b = Math.Min(b, sums[c] / labeling.Counts[c]);
        double most = Math.Max(a, b);
        return most > 0 ? (b - a) / most : 0;
    }

    private static double Sum(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }
}

/// <summary>1 where a row has a label, else 0: eight clusters (of any of the labelings) side by side, row after row.</summary>
internal sealed class Membership
{
    public Membership(LaneRows rows, Labeling[] labelings)
    {
        Offsets = new int[labelings.Length];
        for (int m = 1; m < labelings.Length; m++)
            Offsets[m] = Offsets[m - 1] + labelings[m - 1].Clusters;
        int columns = labelings.Sum(labeling => labeling.Clusters);
        Chunks = (columns + LaneRows.Width - 1) / LaneRows.Width;
        Rows = rows.Groups * LaneRows.Width;
        Values = new double[Chunks * Rows * LaneRows.Width];
        for (int m = 0; m < labelings.Length; m++)
            for (int i = 0; i < rows.Rows; i++)
            {
                int column = Offsets[m] + labelings[m].Labels[i];
                Values[(column / LaneRows.Width * Rows + i) * LaneRows.Width + column % LaneRows.Width] = 1;
            }
    }

    /// <summary>First column of every labeling.</summary>
    public int[] Offsets { get; }
    public int Chunks { get; }
    /// <summary>With the padding of the last group, which belongs to no cluster.</summary>
    public int Rows { get; }
    /// <summary>Chunks × rows × 8.</summary>
    public double[] Values { get; }
}

/// <summary>Sums of distances from eight rows to every cluster, tile by tile: no n × n table.</summary>
/// <remarks>A product by 1 or 0, added in row order, is that plain sum to the bit, whatever stands in the other lanes.</remarks>
internal sealed class DistanceSums(LaneRows rows, Membership members)
{
    public const int Height = 8;
    private const int TileGroups = 32;

    private readonly double[] tile = new double[Height * TileGroups * LaneRows.Width];
    private readonly double[] sums = new double[Height * members.Chunks * LaneRows.Width];

    /// <summary>The sums of one of the eight rows: one per cluster of a labeling.</summary>
    public ReadOnlySpan<double> Of(int row, int offset, int clusters) => sums.AsSpan(row * members.Chunks * LaneRows.Width + offset, clusters);

    /// <summary>Measures rows first … first+7 against all.</summary>
    public void Measure(int first)
    {
        Array.Clear(sums);
        for (int group = 0; group < rows.Groups; group += TileGroups)
        {
            int groups = Math.Min(TileGroups, rows.Groups - group);
            for (int i = 0; i < Height; i++)
                Distances(rows.Row(Math.Min(first + i, rows.Rows - 1)), group, groups, i * TileGroups * LaneRows.Width);
            for (int chunk = 0; chunk < members.Chunks; chunk++)
                AddUp(chunk, group * LaneRows.Width, groups * LaneRows.Width);
        }
    }

    private void Distances(ReadOnlySpan<double> point, int group, int groups, int to)
    {
        ref double lanes = ref MemoryMarshal.GetArrayDataReference(rows.Lanes);
        for (int g = 0; g < groups; g++)
        {
            nuint at = (nuint)((group + g) * point.Length * LaneRows.Width);
            var squared = Vector512<double>.Zero;
            for (int j = 0; j < point.Length; j++)
            {
                var gap = Vector512.LoadUnsafe(ref lanes, at + (nuint)(j * LaneRows.Width)) - Vector512.Create(point[j]);
                squared = Vector512.FusedMultiplyAdd(gap, gap, squared);
            }
            Vector512.Sqrt(squared).StoreUnsafe(ref tile[to + g * LaneRows.Width]);
        }
    }

    private void AddUp(int chunk, int row, int count)
    {
        const int step = TileGroups * LaneRows.Width;
        int width = members.Chunks * LaneRows.Width, at = chunk * LaneRows.Width;
        ref double one = ref members.Values[(chunk * members.Rows + row) * LaneRows.Width];
        ref double distance = ref MemoryMarshal.GetArrayDataReference(tile);
        ref double sum = ref MemoryMarshal.GetArrayDataReference(sums);
        Vector512<double> Sum(ref double sums, int i) => Vector512.LoadUnsafe(ref sums, (nuint)(i * width + at));
        var (s0, s1, s2, s3) = (Sum(ref sum, 0), Sum(ref sum, 1), Sum(ref sum, 2), Sum(ref sum, 3));
        var (s4, s5, s6, s7) = (Sum(ref sum, 4), Sum(ref sum, 5), Sum(ref sum, 6), Sum(ref sum, 7));
        for (nint j = 0; j < count; j++)
        {
            var member = Vector512.LoadUnsafe(ref one, (nuint)(j * LaneRows.Width));
            ref double d = ref System.Runtime.CompilerServices.Unsafe.Add(ref distance, j);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(d), member, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref d, step)), member, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref d, 2 * step)), member, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref d, 3 * step)), member, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref d, 4 * step)), member, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref d, 5 * step)), member, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref d, 6 * step)), member, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref d, 7 * step)), member, s7);
        }
        Span<Vector512<double>> all = [s0, s1, s2, s3, s4, s5, s6, s7];
        for (int i = 0; i < Height; i++)
            all[i].StoreUnsafe(ref sum, (nuint)(i * width + at));
    }
}
