using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Clientele.Learning;

/// <summary>All trees of a forest laid out to be walked without a branch: every walk takes as many steps as the deepest tree is deep.</summary>
/// <remarks>
/// A leaf asks the first column whether it is below +∞ and leads to itself. No step is guessed, so the processor goes several ways at once;
/// <see cref="IsolationTree.Path"/> is the twin that says what this means.
/// </remarks>
internal sealed class LevelForest
{
    /// <summary>Rows in a tree, or trees for a row, that are walked at once, for the processor to have something to do while it waits for a node.</summary>
    public const int Abreast = 8;

    // One tree after the other, and so are the path lengths at the leaves.
    private readonly Node[] nodes;
    private readonly double[] paths;
    // Of the first node of each.
    private readonly uint[] roots;
    private readonly int columns, depth;

    // Sixteen bytes: none lies across two lines of the cache.
    private readonly record struct Node(double Cut, uint Feature, uint Left);

    /// <exception cref="ArgumentException">A tree asks for a column that is not there, or leads to a node that is not later and there.</exception>
    public LevelForest(IsolationForestModel forest)
    {
        columns = forest.Columns;
        nodes = new Node[forest.Trees.Sum(tree => tree.Features.Length)];
        paths = new double[nodes.Length];
        roots = new uint[forest.Trees.Count];
        int root = 0;
        for (int t = 0; t < roots.Length; t++)
        {
            var tree = forest.Trees[t];
            roots[t] = (uint)root;
            depth = Math.Max(depth, LayOut(tree, root));
            tree.Cuts.CopyTo(paths, root);
            root += tree.Features.Length;
        }
    }

    public int Trees => roots.Length;

    /// <returns>How deep the tree is.</returns>
    private int LayOut(IsolationTree tree, int root)
    {
        int count = tree.Features.Length;
        if (count == 0 || tree.Cuts.Length != count || tree.Lefts.Length != count)
            throw new ArgumentException("A tree has as many features, cuts and children, and at least one.", nameof(tree));
        var levels = new int[count];
        for (int i = 0; i < count; i++)
        {
            (int feature, int left) = (tree.Features[i], tree.Lefts[i]);
            if (feature < 0)
            {
                nodes[root + i] = new(double.PositiveInfinity, 0, (uint)(root + i));
                continue;
            }
            // Checked here once, because the walk does not look.
            if (feature >= columns || left <= i || left + 1 >= count)
                throw new ArgumentException($"Node {i} of a tree does not fit a table of {columns} columns.", nameof(tree));
            nodes[root + i] = new(tree.Cuts[i], (uint)feature, (uint)(root + left));
            levels[left] = levels[left + 1] = levels[i] + 1;
        }
        return levels.Max();
    }

    /// <summary>Adds every row's path length in one tree to its sum.</summary>
    /// <param name="tree">0 … <see cref="Trees"/>−1.</param>
    /// <param name="rows">n × columns, row-major, finite.</param>
    /// <param name="sums">n.</param>
    public void AddPaths(int tree, ReadOnlySpan<double> rows, Span<double> sums)
    {
        ref Node all = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref double row = ref MemoryMarshal.GetReference(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, sums.Length * columns, nameof(rows));
        uint root = roots[tree];
        int i = 0;
        uint next = (uint)columns;
        for (; i + Abreast <= sums.Length; i += Abreast)
        {
            uint a = root, b = root, c = root, d = root, e = root, f = root, g = root, h = root;
            for (int level = 0; level < depth; level++)
            {
                a = Step(ref all, a, ref row, 0);
                b = Step(ref all, b, ref row, next);
                c = Step(ref all, c, ref row, 2 * next);
                d = Step(ref all, d, ref row, 3 * next);
                e = Step(ref all, e, ref row, 4 * next);
                f = Step(ref all, f, ref row, 5 * next);
                g = Step(ref all, g, ref row, 6 * next);
                h = Step(ref all, h, ref row, 7 * next);
            }
            sums[i] += paths[a];
            sums[i + 1] += paths[b];
            sums[i + 2] += paths[c];
            sums[i + 3] += paths[d];
            sums[i + 4] += paths[e];
            sums[i + 5] += paths[f];
            sums[i + 6] += paths[g];
            sums[i + 7] += paths[h];
            row = ref Unsafe.Add(ref row, Abreast * columns);
        }
        for (; i < sums.Length; i++)
        {
            uint at = root;
            for (int level = 0; level < depth; level++)
                at = Step(ref all, at, ref row, 0);
            sums[i] += paths[at];
            row = ref Unsafe.Add(ref row, columns);
        }
    }

    /// <summary>Σ of one row's path lengths over all trees, in their order: as <see cref="AddPaths"/> of each, to the bit, but sooner where there are no other rows.</summary>
    /// <param name="row">Finite.</param>
    public double PathsOf(ReadOnlySpan<double> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, columns, nameof(row));
        ref Node all = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref double cells = ref MemoryMarshal.GetReference(row);
        Span<uint> leaves = stackalloc uint[Abreast];
        double sum = 0;
        for (int first = 0; first < roots.Length; first += Abreast)
        {
            // Past the last tree it is walked again, and not counted.
            int last = roots.Length - 1;
            uint a = roots[first], b = roots[Math.Min(first + 1, last)], c = roots[Math.Min(first + 2, last)], d = roots[Math.Min(first + 3, last)];
            uint e = roots[Math.Min(first + 4, last)], f = roots[Math.Min(first + 5, last)], g = roots[Math.Min(first + 6, last)], h = roots[Math.Min(first + 7, last)];
            for (int level = 0; level < depth; level++)
            {
                a = Step(ref all, a, ref cells, 0);
                b = Step(ref all, b, ref cells, 0);
                c = Step(ref all, c, ref cells, 0);
                d = Step(ref all, d, ref cells, 0);
                e = Step(ref all, e, ref cells, 0);
                f = Step(ref all, f, ref cells, 0);
                g = Step(ref all, g, ref cells, 0);
                h = Step(ref all, h, ref cells, 0);
            }
            (leaves[0], leaves[1], leaves[2], leaves[3], leaves[4], leaves[5], leaves[6], leaves[7]) = (a, b, c, d, e, f, g, h);
            foreach (uint leaf in leaves[..Math.Min(Abreast, roots.Length - first)])
                sum += paths[leaf];
        }
        return sum;
    }

    /// <param name="offset">Of the row asked for, from <paramref name="first"/> on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Step(ref Node all, uint at, ref double first, uint offset)
    {
        ref Node node = ref Unsafe.Add(ref all, at);
        return node.Left + Unsafe.BitCast<bool, byte>(Unsafe.Add(ref first, node.Feature + offset) >= node.Cut);
    }
}
