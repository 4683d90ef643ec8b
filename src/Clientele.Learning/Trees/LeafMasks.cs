using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>
/// A tree of at most 64 leaves as bit sets: a question answered "right" rules out the leaves to its left; the first leaf left over is the one.
/// No branches, and every row takes the same steps. Source: Lucchese et al. (2015), SIGIR (QuickScorer).
/// </summary>
internal sealed class LeafMasks
{
    /// <summary>Rows at a time.</summary>
    public const int Rows = 32;

    /// <summary>A question: the leaves that stay when a row goes right.</summary>
    private readonly record struct Question(int Feature, double Cut, ulong Stay, int Node);

    private readonly DecisionTree tree;
    private readonly double[] values;
    private readonly Question[] missingRight, missingLeft, categorical;

    private LeafMasks(DecisionTree tree)
    {
        this.tree = tree;
        var leaves = new List<double>();
        var questions = new List<Question>();
        Walk(0);
        values = [.. leaves];
        categorical = [.. questions.Where(q => tree.Sets[q.Node] >= 0)];
        missingLeft = [.. questions.Where(q => tree.Sets[q.Node] < 0 && tree.MissingLeft[q.Node])];
        missingRight = [.. questions.Where(q => tree.Sets[q.Node] < 0 && !tree.MissingLeft[q.Node])];

        void Walk(int node)
        {
            if (tree.Features[node] < 0)
            {
                leaves.Add(tree.Values[node]);
                return;
            }
            int first = leaves.Count;
            Walk(tree.Lefts[node]);
            ulong left = (leaves.Count - first == 64 ? ulong.MaxValue : (1UL << leaves.Count - first) - 1) << first;
            questions.Add(new(tree.Features[node], tree.Cuts[node], ~left, node));
            Walk(tree.Lefts[node] + 1);
        }
    }

    /// <returns>Null for a tree of more than 64 leaves.</returns>
    public static LeafMasks? Of(DecisionTree tree) => tree.Leaves <= 64 && tree.Outputs == 1 ? new(tree) : null;

    /// <summary>Adds the tree's value for each of the rows to scores[at], scores[at + step], ….</summary>
    [SkipLocalsInit]
    public void Add(LaneColumns rows, double[] scores, int at, int step)
    {
        ref double lanes = ref MemoryMarshal.GetArrayDataReference(rows.Values);
        var all = Vector512<ulong>.AllBitsSet;
        var (a, b, c, d) = (all, all, all, all);
        foreach (ref readonly var question in missingRight.AsSpan())
        {
            ref double x = ref Unsafe.Add(ref lanes, question.Feature * Rows);
            var (cut, stay) = (Vector512.Create(question.Cut), Vector512.Create(question.Stay));
            a &= Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref x), cut).AsUInt64() | stay;
            b &= Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref x, 8), cut).AsUInt64() | stay;
            c &= Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref x, 16), cut).AsUInt64() | stay;
            d &= Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref x, 24), cut).AsUInt64() | stay;
        }
        // NaN is not above anything: it stays left.
        foreach (ref readonly var question in missingLeft.AsSpan())
        {
            ref double x = ref Unsafe.Add(ref lanes, question.Feature * Rows);
            var (cut, stay) = (Vector512.Create(question.Cut), Vector512.Create(question.Stay));
            a &= ~Vector512.GreaterThan(Vector512.LoadUnsafe(ref x), cut).AsUInt64() | stay;
            b &= ~Vector512.GreaterThan(Vector512.LoadUnsafe(ref x, 8), cut).AsUInt64() | stay;
            c &= ~Vector512.GreaterThan(Vector512.LoadUnsafe(ref x, 16), cut).AsUInt64() | stay;
            d &= ~Vector512.GreaterThan(Vector512.LoadUnsafe(ref x, 24), cut).AsUInt64() | stay;
        }
        Span<ulong> left = stackalloc ulong[Rows];
        a.StoreUnsafe(ref left[0]);
        b.StoreUnsafe(ref left[8]);
        c.StoreUnsafe(ref left[16]);
        d.StoreUnsafe(ref left[24]);
        foreach (ref readonly var question in categorical.AsSpan())
            for (int i = 0; i < Rows; i++)
                if (!tree.GoesLeft(question.Node, rows.Values[question.Feature * Rows + i]))
                    left[i] &= question.Stay;
        ref double leaf = ref MemoryMarshal.GetArrayDataReference(values);
        for (int i = 0; i < Rows; i++, at += step)
            scores[at] += Unsafe.Add(ref leaf, BitOperations.TrailingZeroCount(left[i]));
    }
}
