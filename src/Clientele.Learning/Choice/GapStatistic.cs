namespace Clientele.Learning;

public sealed record GapOptions
{
    /// <summary>k runs from 1 to this many, ≥ 2, at most n.</summary>
    public int MaxClusters { get; init; } = 10;
    public GapReference Reference { get; init; } = GapReference.PrincipalAxes;
    /// <summary>Reference sets B, ≥ 1; 20 or more for a standard error to rely on.</summary>
    public int References { get; init; } = 20;
    /// <summary>Starts of k-means at every k, on the rows and on every reference alike.</summary>
    public int Restarts { get; init; } = 10;
    /// <summary>Of more rows than this a seeded sample is asked.</summary>
    public int SampleRows { get; init; } = 20_000;
    /// <summary>Same seed, same rows: same bits, on any number of threads.</summary>
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores.</summary>
    public int Threads { get; init; }

    internal void Check(Matrix rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Columns, 1, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxClusters, 2, nameof(MaxClusters));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxClusters, rows.Rows, nameof(MaxClusters));
        ArgumentOutOfRangeException.ThrowIfLessThan(References, 1, nameof(References));
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1, nameof(Restarts));
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRows, MaxClusters, nameof(SampleRows));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
    }
}

/// <summary>
/// By how much k clusters fit the rows better than they fit rows without groups in the same box. Source: Tibshirani, Walther &amp; Hastie (2001), JRSS B 63(2).
/// Whether a better fit is a group or only a shape that the box has not, it cannot tell: ask <see cref="NaturalGroups"/>.
/// </summary>
public static class GapStatistic
{
    /// <param name="rows">n × d, finite, of comparable scales; n ≥ 2.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static GapCurve Run(Matrix rows, GapOptions? options = null, IProgress<StudyProgress>? progress = null, CancellationToken cancel = default)
    {
        options ??= new();
        NotFiniteException.Refuse(rows);
        options.Check(rows);
        var asked = StudySample.Of(rows, options.SampleRows, options.Seed);
        var sets = new ReferenceSets(asked);
        var inertias = new double[1 + options.References][];
        var steps = new StudySteps(progress);
        steps.Begin("rows and reference sets", inertias.Length);
        Workers.Run(inertias.Length, options.Threads, set =>
        {
            ulong seed = RandomStream.Derive(options.Seed, set);
            var lanes = new LaneRows(set == 0 ? asked : sets.Draw(options.Reference, new(seed)));
            inertias[set] = [.. Enumerable.Range(1, options.MaxClusters).Select(k =>
                KMeansSearch.Quick(lanes, k, options.Restarts, RandomStream.Derive(seed, k), cancel).Inertia)];
            steps.Tick();
        }, cancel);
        return GapCurve.Of(inertias[0], inertias[1..]);
    }
}
