namespace Clientele.Learning;

/// <summary>The answer to "are there natural groups, and how many?" with its evidence.</summary>
/// <param name="Clusters">k ≥ 2, or null: no natural groups.</param>
/// <param name="RunnerUp">The k other than the answer with the most votes, or null.</param>
/// <param name="Confidence">0 … 1: share of the votes for k ≥ 2 that went to the answer. For "none": how far the conditions were missed, 1 = nothing pointed to groups.</param>
/// <param name="Votes">What every criterion said.</param>
/// <param name="Evidence">One row per k studied, k = 1 first.</param>
public sealed record NaturalGroups(int? Clusters, int? RunnerUp, double Confidence, IReadOnlyList<ClusterVote> Votes, IReadOnlyList<ClusterEvidence> Evidence)
{
    /// <summary>
    /// Asks whether the rows fall into groups by themselves. The answer is the largest k at which the clusters found in one half foretell the other
    /// half (prediction strength and its standard error ≥ .7) and it is emptier between neighbouring clusters than inside them (valley ≤ .7).
    /// Where several k have both and four of the five criteria agree on one, it is that one. The criteria vote beside the answer: their agreement is the confidence, and the next most voted for the runner-up.
    /// </summary>
    /// <param name="rows">n × d, finite, of comparable scales, skewed columns transformed (else their tails pass for groups); n ≥ 2 × the most clusters.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static NaturalGroups Find(
        Matrix rows, NaturalGroupsOptions? options = null, IProgress<StudyProgress>? progress = null, CancellationToken cancel = default)
    {
        options ??= new();
        NotFiniteException.Refuse(rows);
        options.Check(rows);
        return GroupRule.Decide(GroupStudy.Run(rows, options, progress, cancel));
    }
}

/// <param name="Criterion">Its name for people: "prediction strength", "gap (Gaussian reference)" …</param>
/// <param name="Clusters">The k it picks; 1 means none.</param>
public sealed record ClusterVote(string Criterion, int Clusters);

/// <summary>What was measured at one k. NaN where a measure has no meaning (most at k = 1).</summary>
public sealed record ClusterEvidence(
    int Clusters, double Inertia, double Silhouette, double DaviesBouldin, double CalinskiHarabasz,
    double GapUniform, double GapUniformError, double GapGaussian, double GapGaussianError,
    double PredictionStrength, double PredictionStrengthError)
{
    /// <summary>Rows at the emptiest place between neighbouring clusters over rows at their centres, at the pair where it is most: below 1 the clusters stand apart.</summary>
    public double Valley { get; init; } = double.NaN;
}
