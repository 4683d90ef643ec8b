namespace Clientele.Learning;

/// <summary>The answer to "are there natural groups, and how many?" with its evidence.</summary>
/// <param name="Clusters">k ≥ 2, or null: no natural groups.</param>
/// <param name="RunnerUp">The k with the next most support, or null.</param>
/// <param name="Confidence">0 … 1: share of votes for the answer (for "none": how far the gate was missed, see the method).</param>
/// <param name="Votes">What every criterion said.</param>
/// <param name="Evidence">One row per k studied, k = 1 first.</param>
public sealed record NaturalGroups(int? Clusters, int? RunnerUp, double Confidence, IReadOnlyList<ClusterVote> Votes, IReadOnlyList<ClusterEvidence> Evidence);

/// <param name="Criterion">Its name for people: "prediction strength", "gap (Gaussian reference)" …</param>
/// <param name="Clusters">The k it picks; 1 means none.</param>
public sealed record ClusterVote(string Criterion, int Clusters);

/// <summary>What was measured at one k. NaN where a measure has no meaning (most at k = 1).</summary>
public sealed record ClusterEvidence(
    int Clusters, double Inertia, double Silhouette, double DaviesBouldin, double CalinskiHarabasz,
    double GapUniform, double GapUniformError, double GapGaussian, double GapGaussianError,
    double PredictionStrength, double PredictionStrengthError);
