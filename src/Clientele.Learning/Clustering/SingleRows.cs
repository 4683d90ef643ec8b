using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Clientele.Learning;

/// <summary>
/// The rows in single precision, in a <see cref="Learning.Frame"/> of their own, sixteen side by side. Lanes are rows, so every distance adds its
/// features in the same order on any width of hardware.
/// </summary>
internal sealed class SingleRows
{
    public const int Width = 16;

    private readonly Lazy<float[]?> weights;

    public SingleRows(RowView rows, int threads)
    {
        (Source, Rows, Columns) = (rows, rows.Rows, rows.Columns);
        Groups = (Rows + Width - 1) / Width;
        Frame = Frame.Around(rows, threads);
        Lanes = GC.AllocateUninitializedArray<float>(Groups * Columns * Width);
        int blocks = Blocks.Count(Rows);
        var parts = new (double Squares, double Lost, double Mass)[blocks];
        Workers.Run(blocks, threads, block => parts[block] = Enter(rows, Blocks.First(block), Blocks.End(block, Rows)));
        foreach (var (squares, lost, mass) in parts)
            (Squares, Lost, Mass) = (Squares + squares, Lost + lost, Mass + mass);
        weights = new(() => Relative(rows.Weights));
    }

    /// <summary>Before they were framed.</summary>
    public RowView Source { get; }
    public int Rows { get; }
    public int Columns { get; }
    /// <summary>Number of groups of <see cref="Width"/> rows.</summary>
    public int Groups { get; }
    public Frame Frame { get; }
    /// <summary>Groups × columns × 16, framed. Lanes past the end repeat the last row.</summary>
    public float[] Lanes { get; }
    /// <summary>Σw‖x‖² of the lanes.</summary>
    public double Squares { get; }
    /// <summary>Σw‖Δx‖², framed: what rounding moved the rows by.</summary>
    public double Lost { get; }
    /// <summary>Σw.</summary>
    public double Mass { get; }

    /// <summary>With their weights, of which the largest is 1.</summary>
    public LaneTable<float> Table => new(Lanes, Rows, Columns, weights.Value);

    /// <summary>Mean over the columns of their variance, in the frame.</summary>
    public double MeanVariance => Squares / (Mass * Columns);

    /// <summary>Is this inertia, in the frame, far above what rounding did to the rows?</summary>
    public bool Tells(double inertia) => inertia > 1e6 * Lost;

    /// <summary>Few enough to stay in a core's own cache.</summary>
    public bool InCache => Lanes.Length <= 1 << 18;

    /// <summary>Starts to bring a group into the cache: the hardware foresees no gaps.</summary>
    public unsafe void Fetch(int group)
    {
        if (!Sse.IsSupported)
            return;
        ref float lane = ref Lanes[group * Columns * Width];
        for (int j = 0; j < Columns; j++)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref lane, j * Width)));
    }

    private float[]? Relative(double[]? weights)
    {
        if (weights is null)
            return null;
        double most = weights.Max();
        return [.. Enumerable.Range(0, Groups * Width).Select(i => (float)(weights[Math.Min(i, Rows - 1)] / most))];
    }

    private (double, double, double) Enter(RowView rows, int first, int end)
    {
        (double squares, double lost, double mass) = (0, 0, 0);
        int padded = end == Rows ? Groups * Width : end;
        double[] origin = Frame.Origin;
        for (int i = first; i < padded; i++)
        {
            var row = rows.Row(Math.Min(i, Rows - 1));
            int at = i / Width * Columns * Width + i % Width;
            (double square, double loss) = (0, 0);
            for (int j = 0; j < row.Length; j++)
            {
                double framed = (row[j] - origin[j]) * Frame.Unit;
                float single = (float)framed;
                Lanes[at + j * Width] = single;
                square += (double)single * single;
                loss += (framed - single) * (framed - single);
            }
            if (i >= end)
                continue;
            double weight = rows.Weight(i);
            (squares, lost, mass) = (squares + weight * square, lost + weight * loss, mass + weight);
        }
        return (squares, lost, mass);
    }
}
