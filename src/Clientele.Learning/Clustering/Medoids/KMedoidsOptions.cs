namespace Clientele.Learning;

public sealed record KMedoidsOptions : GroupingOptions
{
    public RowDistance Distance { get; init; } = RowDistance.Euclidean;
    /// <summary>Starts; the one of least Σ distance over all rows is kept.</summary>
    public int Restarts { get; init; } = 5;
    /// <summary>Of more rows than this, every start looks for medoids in a sample of its own of this many (as CLARA does).</summary>
    public int SampleRows { get; init; } = 5_000;
    /// <summary>Rounds over all candidates of one start, ≥ 1.</summary>
    public int MaxRounds { get; init; } = 100;

    internal override void Check(Matrix rows)
    {
        base.Check(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1, nameof(Restarts));
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRows, Clusters, nameof(SampleRows));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRounds, 1, nameof(MaxRounds));
    }
}

/// <param name="Finished">Starts finished, of <paramref name="Restarts"/>.</param>
/// <param name="Loss">The least so far.</param>
public sealed record KMedoidsProgress(int Finished, int Restarts, double Loss);

/// <param name="Medoids">Indices of k rows.</param>
/// <param name="Labels">0 … k−1 for every row: its nearest medoid.</param>
/// <param name="Loss">Σ distance of rows to their medoids.</param>
/// <param name="Converged">No exchange of one medoid for one row (of the sample) makes the loss less.</param>
public sealed record KMedoidsFit(MedoidModel Model, IReadOnlyList<int> Medoids, IReadOnlyList<int> Labels, double Loss, bool Converged);
