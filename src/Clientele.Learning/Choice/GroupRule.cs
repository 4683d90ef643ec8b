namespace Clientele.Learning;

/// <summary>
/// From evidence to an answer: the most clusters that are both found again and apart, unless four of the five criteria agree on fewer that are so too.
/// </summary>
internal static class GroupRule
{
    internal const double FoundAgain = 0.7, Strong = 0.8, Apart = 0.7;
    private const int Agreed = 4;

    public static NaturalGroups Decide(GroupStudy study)
    {
        var votes = Votes(study);
        int[] valid = [.. votes.Select(vote => vote.Clusters).Where(k => k >= 2)];
        int[] met = [.. study.Evidence.Where(at => at.Clusters >= 2 && Missed(at) == 0).Select(at => at.Clusters)];
        int? answer = met.Length == 0 ? null : met.Where(k => valid.Count(vote => vote == k) >= Agreed).Append(met[^1]).First();
        int[] others = [.. Ranked(valid, votes[0].Clusters).Where(k => k != answer)];
        double confidence = answer is null
            ? study.Evidence.Skip(1).Min(Missed)
            : valid.Length == 0 ? 0 : valid.Count(k => k == answer) / (double)valid.Length;
        return new(answer, others.Length > 0 ? others[0] : null, confidence, votes, study.Evidence);
    }

    // The share by which the worse of the two conditions is missed at this k: 0 both are met, 1 nothing points to groups.
    private static double Missed(ClusterEvidence at) => Math.Max(
        Math.Clamp(1 - (at.PredictionStrength + at.PredictionStrengthError) / FoundAgain, 0, 1),
        double.IsNaN(at.Valley) ? 1 : Math.Clamp(at.Valley / Apart - 1, 0, 1));

    private static ClusterVote[] Votes(GroupStudy study) =>
    [
        new("prediction strength", study.Evidence.Skip(1).LastOrDefault(at => at.PredictionStrength + at.PredictionStrengthError >= Strong)?.Clusters ?? 1),
        new("gap (Gaussian reference)", study.Gaussian.OneErrorPick()),
        new("gap (uniform reference)", study.Uniform.OneErrorPick()),
        new("silhouette above Gaussian reference", Largest(study.SilhouetteExcess)),
        new("valleys between groups", study.Evidence.LastOrDefault(at => at.Valley <= Apart)?.Clusters ?? 1),
    ];

    // The k of the largest value that is a number; of equal ones the least; 1 where there is none.
    private static int Largest(double[] values)
    {
        int largest = 0;
        for (int k = 1; k < values.Length; k++)
            if (!double.IsNaN(values[k]) && (largest == 0 || values[k] > values[largest]))
                largest = k;
        return largest + 1;
    }

    // Most votes first; of as many, the strength's pick, then the nearest to the median vote, then the least.
    private static int[] Ranked(int[] votes, int strength)
    {
        if (votes.Length == 0)
            return [];
        int[] sorted = [.. votes.Order()];
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
        return [.. votes.GroupBy(k => k)
            .OrderByDescending(same => same.Count())
            .ThenByDescending(same => same.Key == strength)
            .ThenBy(same => Math.Abs(same.Key - median))
            .ThenBy(same => same.Key)
            .Select(same => same.Key)];
    }
}
