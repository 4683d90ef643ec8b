namespace Clientele.Learning;

/// <summary>Gap(k) = mean over references of ln W*ₖ, less ln Wₖ of the rows. Source: Tibshirani, Walther &amp; Hastie (2001), JRSS B 63(2).</summary>
/// <param name="Gaps">k = 1 first.</param>
/// <param name="Errors">sₖ = sd·√(1+1/B), sd with 1/B.</param>
public sealed record GapCurve(IReadOnlyList<double> Gaps, IReadOnlyList<double> Errors)
{
    /// <param name="inertias">Of the rows, k = 1 first.</param>
    /// <param name="references">Of every reference set, k = 1 first.</param>
    internal static GapCurve Of(double[] inertias, double[][] references)
    {
        var (gaps, errors) = (new double[inertias.Length], new double[inertias.Length]);
        for (int k = 0; k < inertias.Length; k++)
        {
            double[] logs = [.. references.Select(reference => Math.Log(Math.Max(reference[k], double.Epsilon)))];
            (double mean, double deviation) = Columnwise.Moments(logs);
            gaps[k] = mean - Math.Log(Math.Max(inertias[k], double.Epsilon));
            errors[k] = deviation * Math.Sqrt(1 + 1.0 / logs.Length);
        }
        return new(gaps, errors);
    }

    /// <summary>The one-standard-error rule: the least k with Gap(k) ≥ Gap(k+1) − s(k+1), 1 meaning no groups; the last k where the gap never stops growing.</summary>
    public int OneErrorPick()
    {
        for (int k = 0; k < Gaps.Count - 1; k++)
            if (Gaps[k] >= Gaps[k + 1] - Errors[k + 1])
                return k + 1;
        return Gaps.Count;
    }
}
