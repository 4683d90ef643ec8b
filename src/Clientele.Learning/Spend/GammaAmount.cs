namespace Clientele.Learning;

/// <summary>Amounts of a gamma law: the mean moves with the row, the ratio of deviation to mean does not.</summary>
/// <param name="Dispersion">Variance over squared mean, &gt; 0; its inverse is the law's shape.</param>
public sealed record GammaAmount(LogLinearModel Amount, double Dispersion) : AmountModel
{
    public override double[] Mean(Matrix rows) => Amount.Predict(rows);

    public override double[] Quantile(Matrix rows, IReadOnlyList<double> shares)
    {
        double[] means = Amount.Predict(rows);
        for (int i = 0; i < means.Length; i++)
            means[i] *= shares[i] <= 0 ? 0 : Dispersion * GammaQuantile.Of(1 / Dispersion, shares[i]);
        return means;
    }

    public override double[] LogDensity(Matrix rows, IReadOnlyList<double> amounts)
    {
        double[] means = Amount.Predict(rows);
        double shape = 1 / Dispersion;
        for (int i = 0; i < means.Length; i++)
        {
            // y·f(y) of a gamma law in saddle-point form: large shapes keep their digits.
            double y = amounts[i];
            means[i] = y <= 0
                ? 0
                : -SaddlePoint.StirlingError(shape) - SaddlePoint.Deviance(shape, shape * y / means[i]) + 0.5 * Math.Log(shape / (2 * Math.PI)) - Math.Log(y);
        }
        return means;
    }
}
