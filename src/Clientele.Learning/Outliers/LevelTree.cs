using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Clientele.Learning;

/// <summary>A tree laid out to be walked without a branch: every row takes as many steps as the tree is deep.</summary>
/// <remarks>
/// A leaf asks the first column whether it is below +∞ and leads to itself. No step is guessed, so the processor walks several rows at once;
/// <see cref="IsolationTree.Path"/> is the twin that says what this means.
/// </remarks>
internal sealed class LevelTree
{
    private readonly Node[] nodes;
    private readonly double[] paths;
    private readonly int columns, depth;

    /// <summary>Rows, or trees, walked at once, for the processor to have something to do while it waits for a node.</summary>
    public const int Abreast = 4;

    private readonly record struct Node(double Cut, nint Feature, nint Left);

    /// <exception cref="ArgumentException">The tree asks for a column that is not there, or leads to a node that is not later and there.</exception>
    public LevelTree(IsolationTree tree, int columns)
    {
        (this.columns, paths) = (columns, tree.Cuts);
        nodes = new Node[tree.Features.Length];
        var levels = new int[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            (int feature, int left) = (tree.Features[i], tree.Lefts[i]);
            if (feature < 0)
            {
                nodes[i] = new(double.PositiveInfinity, 0, i);
                continue;
            }
            // Checked here once, because the walk does not look.
            if (feature >= columns || left <= i || left + 1 >= nodes.Length)
                throw new ArgumentException($"Node {i} of a tree does not fit a table of {columns} columns.", nameof(tree));
            nodes[i] = new(tree.Cuts[i], feature, left);
            levels[left] = levels[left + 1] = levels[i] + 1;
            depth = Math.Max(depth, levels[i] + 1);
        }
        if (nodes.Length == 0 || paths.Length != nodes.Length || tree.Lefts.Length != nodes.Length)
            throw new ArgumentException("A tree has as many features, cuts and children, and at least one.", nameof(tree));
    }

    /// <summary>Adds every row's path length to its sum.</summary>
    /// <param name="rows">n × columns, row-major, finite.</param>
    /// <param name="sums">n.</param>
    public void AddPaths(ReadOnlySpan<double> rows, Span<double> sums)
    {
        ref Node root = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref double row = ref MemoryMarshal.GetReference(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, sums.Length * columns, nameof(rows));
        int i = 0;
        for (; i + Abreast <= sums.Length; i += Abreast)
        {
            ref double second = ref Unsafe.Add(ref row, columns), third = ref Unsafe.Add(ref second, columns), fourth = ref Unsafe.Add(ref third, columns);
            (nint a, nint b, nint c, nint d) = (0, 0, 0, 0);
            for (int level = 0; level < depth; level++)
            {
                a = Step(ref root, a, ref row);
                b = Step(ref root, b, ref second);
                c = Step(ref root, c, ref third);
                d = Step(ref root, d, ref fourth);
            }
            sums[i] += paths[a];
            sums[i + 1] += paths[b];
            sums[i + 2] += paths[c];
            sums[i + 3] += paths[d];
            row = ref Unsafe.Add(ref fourth, columns);
        }
        for (; i < sums.Length; i++)
        {
            nint at = 0;
            for (int level = 0; level < depth; level++)
                at = Step(ref root, at, ref row);
            sums[i] += paths[at];
            row = ref Unsafe.Add(ref row, columns);
        }
    }

    /// <summary>Σ of one row's path lengths over trees, in their order: as <see cref="AddPaths"/> of each, to the bit, but sooner where there are no other rows.</summary>
    /// <param name="row">Finite; as many columns as every tree was made for.</param>
    public static double PathsOf(ReadOnlySpan<double> row, ReadOnlySpan<LevelTree> trees)
    {
        double sum = 0;
        int t = 0;
        for (; t + Abreast <= trees.Length; t += Abreast)
        {
            var (first, second, third, fourth) = (trees[t], trees[t + 1], trees[t + 2], trees[t + 3]);
            ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, first.columns, nameof(row));
            ref double cells = ref MemoryMarshal.GetReference(row);
            ref Node one = ref MemoryMarshal.GetArrayDataReference(first.nodes), two = ref MemoryMarshal.GetArrayDataReference(second.nodes);
            ref Node three = ref MemoryMarshal.GetArrayDataReference(third.nodes), four = ref MemoryMarshal.GetArrayDataReference(fourth.nodes);
            (nint a, nint b, nint c, nint d) = (0, 0, 0, 0);
            // A leaf leads to itself, so the deepest tree may lead the others on.
            int depth = Math.Max(Math.Max(first.depth, second.depth), Math.Max(third.depth, fourth.depth));
            for (int level = 0; level < depth; level++)
            {
                a = Step(ref one, a, ref cells);
                b = Step(ref two, b, ref cells);
                c = Step(ref three, c, ref cells);
                d = Step(ref four, d, ref cells);
            }
            sum += first.paths[a];
            sum += second.paths[b];
            sum += third.paths[c];
            sum += fourth.paths[d];
        }
        for (; t < trees.Length; t++)
            trees[t].AddPaths(row, new Span<double>(ref sum));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Step(ref Node root, nint at, ref double row)
    {
        ref Node node = ref Unsafe.Add(ref root, at);
        return node.Left + Unsafe.BitCast<bool, byte>(Unsafe.Add(ref row, node.Feature) >= node.Cut);
    }
}
