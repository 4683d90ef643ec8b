using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Walks whole trees for eight rows at a time, a row per lane: down the products, up their sums over the leaves.</summary>
/// <param name="depth">Most questions in a row, of all trees.</param>
/// <param name="points">Most Gauss points, of all trees.</param>
/// <param name="groups">Of eight rows, held at once: a tree that is walked for all of them stays in the cache meanwhile.</param>
internal sealed class ContributionPass(int columns, int depth, int points, int groups)
{
    public const int Rows = 8;

    private readonly double[] rows = new double[groups * columns * Rows], given = new double[groups * columns * Rows];
    // Per depth: points × rows. Products of the factors down to here; sums over the leaves below.
    private readonly double[] products = new double[(depth + 1) * points * Rows], sums = new double[(depth + 1) * points * Rows];
    // Per depth: which rows kept to the path at all questions about this way's column.
    private readonly Vector512<double>[] kept = new Vector512<double>[depth + 1];
    private int count, from;

    /// <summary>Lanes past the last row repeat it.</summary>
    /// <param name="end">At most 8 × groups after the first.</param>
    public void Load(Matrix table, int first, int end)
    {
        count = end - first;
        for (int i = 0; i < (count + Rows - 1) / Rows * Rows; i++)
        {
            var row = table.Row(first + Math.Min(i, count - 1));
            for (int j = 0; j < columns; j++)
                rows[Place(i, j)] = row[j];
        }
    }

    public void Clear() => Array.Clear(given);

    public void Store(Matrix values, int first, double scale)
    {
        for (int i = 0; i < count; i++)
            for (int j = 0; j < columns; j++)
                values[first + i, j] = given[Place(i, j)] * scale;
    }

    public void Add(ContributionTree tree)
    {
        if (tree.Depth == 0)
            return;
        Array.Fill(products, 1, 0, tree.Points * Rows);
        kept[0] = Vector512<double>.AllBitsSet;
        for (int group = 0; group * Rows < count; group++)
        {
            from = group * columns * Rows;
            Down(tree, 0, 0);
        }
    }

    // Group by group, in it column by column.
    private int Place(int row, int column) => (row / Rows * columns + column) * Rows + row % Rows;

    // Leaves the node's sums at its depth.
    private void Down(ContributionTree tree, int node, int at)
    {
        int left = tree.Tree.Lefts[node], width = tree.Points * Rows;
        var goesLeft = Left(tree.Tree, node);
        Take(tree, left, at + 1, goesLeft);
        sums.AsSpan((at + 1) * width, width).CopyTo(sums.AsSpan(at * width));
        Take(tree, left + 1, at + 1, ~goesLeft);
        ref double to = ref sums[at * width], from = ref sums[(at + 1) * width];
        for (nuint i = 0; i < (nuint)width; i += Rows)
            (Vector512.LoadUnsafe(ref to, i) + Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
    }

    private void Take(ContributionTree tree, int child, int at, Vector512<double> keeps)
    {
        var way = tree.To(child);
        var earlier = kept[way.Earlier];
        var now = earlier & keeps;
        kept[at] = now;
        int width = tree.Points * Rows;
        ref double constants = ref MemoryMarshal.GetArrayDataReference(tree.Constants);
        ref double constant = ref Unsafe.Add(ref constants, way.Constants);
        ref double above = ref products[(at - 1) * width], product = ref products[at * width], sum = ref sums[at * width];
        var left = Vector512.Create(way.Keep);
        for (int q = 0; q < tree.Points; q++)
        {
            var factor = Vector512.ConditionalSelect(now, Vector512.Create(Unsafe.Add(ref constant, 4 * q)),
                Vector512.ConditionalSelect(earlier, Vector512.Create(Unsafe.Add(ref constant, 4 * q + 1)), left));
            (Vector512.LoadUnsafe(ref above, (nuint)(q * Rows)) * factor).StoreUnsafe(ref product, (nuint)(q * Rows));
        }
        if (tree.Tree.Features[child] >= 0)
            Down(tree, child, at);
        else
        {
            var value = Vector512.Create(tree.Value(child));
            for (int q = 0; q < tree.Points; q++)
                (Vector512.LoadUnsafe(ref product, (nuint)(q * Rows)) * value).StoreUnsafe(ref sum, (nuint)(q * Rows));
        }
        // Where an earlier way of the column had left the path already, this one changes nothing: & earlier.
        var gift = Vector512<double>.Zero;
        for (int q = 0; q < tree.Points; q++)
        {
            var share = Vector512.ConditionalSelect(now, Vector512.Create(Unsafe.Add(ref constant, 4 * q + 2)), Vector512.Create(Unsafe.Add(ref constant, 4 * q + 3)) & earlier);
            gift += Vector512.LoadUnsafe(ref sum, (nuint)(q * Rows)) * share;
        }
        ref double to = ref given[from + way.Feature * Rows];
        (Vector512.LoadUnsafe(ref to) + gift).StoreUnsafe(ref to);
    }

    private Vector512<double> Left(DecisionTree tree, int node)
    {
        ref double x = ref rows[from + tree.Features[node] * Rows];
        var (value, cut) = (Vector512.LoadUnsafe(ref x), Vector512.Create(tree.Cuts[node]));
        if (tree.Sets[node] < 0)
            return tree.MissingLeft[node] ? ~Vector512.GreaterThan(value, cut) : Vector512.LessThanOrEqual(value, cut);
        var lanes = Vector512<long>.Zero;
        for (int i = 0; i < Rows; i++)
            if (tree.GoesLeft(node, Unsafe.Add(ref x, i)))
                lanes = lanes.WithElement(i, -1);
        return lanes.AsDouble();
    }
}
