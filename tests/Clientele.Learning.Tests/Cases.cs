using FsCheck;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>A small random table with labels, remade from its seed: FsCheck shrinks the sizes and prints the seed.</summary>
public sealed record Case(int Rows, int Columns, int Clusters, int Exponent, ulong Seed)
{
    /// <summary>1–60 rows beyond the clusters, 1–12 columns, 2–9 clusters, values of size 1 … 1e15, with ties.</summary>
    public static Arbitrary<Case> Any => (
        from clusters in Gen.Choose(2, 9)
        from more in Gen.Choose(1, 60)
        from columns in Gen.Choose(1, 12)
        from exponent in Gen.Choose(0, 15)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Case(clusters + more, columns, clusters, exponent, (ulong)seed)).ToArbitrary();

    internal Matrix Table()
    {
        var random = new RandomStream(Seed, 0);
        double scale = Math.Pow(10, Exponent);
        // Every third value is rounded, so that distances tie.
        return new(Rows, Columns, [.. Enumerable.Range(0, Rows * Columns).Select(i => scale * (i % 3 == 0 ? Math.Round(random.Gaussian()) : random.Gaussian()))]);
    }

    /// <summary>1, 2 or 3 for every row.</summary>
    internal double[] Weights()
    {
        var random = new RandomStream(Seed, 9);
        return [.. Enumerable.Range(0, Rows).Select(_ => 1.0 + random.Below(3))];
    }

    /// <summary>Every label is used.</summary>
    internal int[] Labels(int task = 1)
    {
        var random = new RandomStream(Seed, task);
        return [.. Enumerable.Range(0, Rows).Select(i => i < Clusters ? i : random.Below(Clusters))];
    }
}
