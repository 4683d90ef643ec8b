namespace Clientele.Learning;

/// <summary>BG/NBD with covariates z: α_i = α·exp(−γ'z), a_i = a·exp(φ'z), b_i = b·exp(χ'z).</summary>
/// <param name="Buying">γ: a positive one means more purchases, exp(γ) times for each unit.</param>
/// <param name="LeavingA">φ; with χ equal to it only the spread of the dropout probability changes, not its mean a/(a+b).</param>
/// <param name="LeavingB">χ.</param>
public sealed record CovariateBgNbd(BgNbd Base, double[] Buying, double[] LeavingA, double[] LeavingB) : ICovariateModel
{
    /// <summary>Maximum likelihood. Where covariates of leaving run away, as they do where few people are seen to leave, they are left out, with a warning.</summary>
    /// <param name="covariates">n × c, finite, no column constant.</param>
    public static PurchaseFit<CovariateBgNbd> Fit(
        PurchaseHistories histories, Matrix covariates, LikelihoodOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        var groups = HistoryGroups.Of(histories, covariates);
        int c = covariates.Columns;
        string[] buying = ["r", "alpha", "a", "b", .. Names("buying", c)];
        var full = PurchaseSearch.Coin(groups, firstCoin: 0, leaving: true, options, cancel);
        if (!full.Warnings.Any(warning => warning.Kind is FitWarningKind.Runaway or FitWarningKind.FlatRidge or FitWarningKind.NotConverged))
            return full.As(p => new CovariateBgNbd(new(p[0], p[1], p[2], p[3]), p[4..(4 + c)], p[(4 + c)..(4 + 2 * c)], p[(4 + 2 * c)..]),
                [.. buying, .. Names("leaving a", c), .. Names("leaving b", c)]);
        var reduced = PurchaseSearch.Coin(groups, firstCoin: 0, leaving: false, options, cancel);
        reduced.Warnings.Add(new(FitWarningKind.CovariatesLeftOut, "With covariates of leaving the fit had no trustworthy optimum; they act on buying alone."));
        return reduced.As(p => new CovariateBgNbd(new(p[0], p[1], p[2], p[3]), p[4..], new double[c], new double[c]), buying);
    }

    /// <inheritdoc/>
    public IPurchaseModel For(ReadOnlySpan<double> covariates) => new BgNbd(
        Base.R, Base.Alpha * Math.Exp(-Dot(Buying, covariates)), Base.A * Math.Exp(Dot(LeavingA, covariates)), Base.B * Math.Exp(Dot(LeavingB, covariates)));

    internal static IEnumerable<string> Names(string process, int count) => Enumerable.Range(0, count).Select(j => $"{process} {j}");

    internal static double Dot(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> covariates)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(covariates.Length, coefficients.Length, nameof(covariates));
        double sum = 0;
        for (int j = 0; j < covariates.Length; j++)
            sum += coefficients[j] * covariates[j];
        return sum;
    }
}
