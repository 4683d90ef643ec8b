using System.Numerics;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>
/// In single precision. Groups of rows whose labels cannot have changed are not even read (<see cref="Slack"/>), and only rows that change their label
/// touch the sums. Both leave labels and sums as they would be without.
/// </summary>
internal sealed class SinglePass : LloydPass
{
    private const int BlockGroups = Blocks.Rows / SingleRows.Width, Ahead = 4;

    private readonly SingleRows rows;
    private readonly SingleCentres centres;
    private readonly double[] until;        // per group: the drift from which on its labels may change
    private readonly float epsilon;
    private double[] placed = [];

    public SinglePass(SingleRows rows, int clusters, int threads) : base(rows.Rows, rows.Columns, clusters, rows.Groups * SingleRows.Width, threads)
    {
        this.rows = rows;
        centres = new(clusters, rows.Columns);
        until = new double[rows.Groups];
        Array.Fill(until, double.NegativeInfinity);
        epsilon = Slack.Epsilon(rows.Columns);
    }

    /// <summary>Σ‖x‖² − 2Σc·s + Σm‖c‖², s and m a cluster's sum and weight: no pass over the rows.</summary>
    public override double Inertia
    {
        get
        {
            double inertia = rows.Squares;
            for (int i = 0; i < placed.Length; i++)
                inertia += placed[i] * (placed[i] * Total.Mass[i / Columns] - 2 * Total.Sums[i]);
            return Math.Max(0, inertia);
        }
    }

    public override void Place(double[] centres)
    {
        placed = centres;
        this.centres.Place(centres);
    }

    public override double Value(int row, int column) => Lanes(row / SingleRows.Width)[column * SingleRows.Width + row % SingleRows.Width];

    internal override bool RunBlock(int block)
    {
        int first = block * BlockGroups, end = Math.Min(rows.Groups, first + BlockGroups);
        Span<int> due = stackalloc int[BlockGroups + 1];
        int count = 0;
        for (int group = first; group < end; group++)
        {
            due[count] = group;
            count += centres.Drift < until[group] ? 0 : 1;
        }
        due[count] = due[Math.Max(0, count - 1)];      // the last one's partner, when they are odd in number
        bool changed = false;
        for (int at = 0; at < count; at += 2)
        {
            for (int ahead = at + Ahead; !rows.InCache && ahead < Math.Min(count, at + Ahead + 2); ahead++)
                rows.Fetch(due[ahead]);
            NearestSingles.Of(rows, centres, due[at], due[at + 1], out var left, out var right);
            changed |= Take(due[at], left, Parts[block]);
            if (at + 1 < count)
                changed |= Take(due[at + 1], right, Parts[block]);
        }
        return changed;
    }

    protected override void Move(CentreSums sums, int row, int from, int to) =>
        sums.Move(Lanes(row / SingleRows.Width), row % SingleRows.Width, rows.Source.Weight(row), from, to);

    private bool Take(int group, in NearestSingles.Found found, CentreSums sums)
    {
        int at = group * SingleRows.Width;
        var before = Vector512.LoadUnsafe(ref Labels[at]);
        ulong moved = ~Vector512.Equals(before, found.Label).ExtractMostSignificantBits() & ((1UL << Math.Min(SingleRows.Width, Rows - at)) - 1);
        if (moved == 0)
        {
            until[group] = centres.Drift + Slack.Least(found.Nearest, found.Second, epsilon);
            return false;
        }
        until[group] = double.NegativeInfinity;     // one that has just moved lies near the border: looking again is cheaper than two roots
        found.Label.StoreUnsafe(ref Labels[at]);
        for (; moved != 0; moved &= moved - 1)
        {
            int lane = BitOperations.TrailingZeroCount(moved), row = at + lane, from = before.GetElement(lane);
            if (from >= 0)
                Move(sums, row, from, Labels[row]);
            else
                sums.Add(rows.Source.Row(row), rows.Frame, rows.Source.Weight(row), Labels[row]);
        }
        return true;
    }

    private ReadOnlySpan<float> Lanes(int group) => rows.Lanes.AsSpan(group * Columns * SingleRows.Width, Columns * SingleRows.Width);
}
