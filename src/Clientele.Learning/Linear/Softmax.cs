namespace Clientele.Learning;

/// <summary>Predictors to probabilities, without overflow.</summary>
internal static class Softmax
{
    /// <param name="values">Predictors in, probabilities out.</param>
    /// <returns>ln Σ exp of the predictors.</returns>
    public static double Run(Span<double> values)
    {
        double largest = double.NegativeInfinity, total = 0;
        foreach (double value in values)
            largest = Math.Max(largest, value);
        foreach (ref double value in values)
        {
            value = Math.Exp(value - largest);
            total += value;
        }
        foreach (ref double value in values)
            value /= total;
        return largest + Math.Log(total);
    }

    /// <summary>1/(1 + e^−x).</summary>
    public static double Logistic(double x)
    {
        double small = Math.Exp(-Math.Abs(x));
        return (x >= 0 ? 1 : small) / (1 + small);
    }
}
