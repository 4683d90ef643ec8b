namespace Clientele.Learning;

/// <summary>From evidence to an answer: a gate that structureless data do not pass, then a vote.</summary>
internal static class GroupRule
{
    internal const double Strong = 0.8, Apart = 0.8;

    public static NaturalGroups Decide(GroupStudy study)
    {
        var votes = Votes(study);
        int[] valid = [.. votes.Select(vote => vote.Clusters).Where(k => k >= 2)];
        int[] ranked = Ranked(valid, votes[0].Clusters);
        double missed = Missed(study);
        return missed == 0 && ranked.Length > 0
            ? new(ranked[0], ranked.Length > 1 ? ranked[1] : null, valid.Count(k => k == ranked[0]) / (double)valid.Length, votes, study.Evidence)
            : new(null, ranked.Length > 0 ? ranked[0] : null, missed, votes, study.Evidence);
    }

    // How far the gate was missed: 0 it was passed, 1 nothing pointed to groups. At the k that comes nearest, the share by which the worse of
    // its two parts fell short.
    private static double Missed(GroupStudy study) => study.Evidence.Skip(1).Min(at => Math.Max(
        Math.Clamp(1 - at.PredictionStrength / Strong, 0, 1),
        double.IsNaN(at.Valley) ? 1 : Math.Clamp(at.Valley / Apart - 1, 0, 1)));

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
