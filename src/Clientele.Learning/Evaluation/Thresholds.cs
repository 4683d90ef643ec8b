namespace Clientele.Learning;

/// <summary>What is called 1 when all rows of this score or higher are.</summary>
internal readonly record struct Thresholds(double Score, int TruePositives, int FalsePositives)
{
    /// <summary>One per distinct score, highest first.</summary>
    public static IEnumerable<Thresholds> Of(bool[] positive, double[] score)
    {
        int[] order = [.. Enumerable.Range(0, score.Length)];
        Array.Sort([.. score.Select(value => -value)], order);
        int right = 0;
        for (int i = 0; i < order.Length; i++)
        {
            right += positive[order[i]] ? 1 : 0;
            if (i + 1 == order.Length || score[order[i + 1]] != score[order[i]])
                yield return new(score[order[i]], right, i + 1 - right);
        }
    }
}
