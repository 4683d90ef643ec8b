namespace Clientele.Learning;

/// <summary>Pareto/NBD with covariates z on both processes: α_i = α·exp(−γ'z), β_i = β·exp(−λ'z).</summary>
/// <param name="Buying">γ: a positive one means more purchases, exp(γ) times for each unit.</param>
/// <param name="Leaving">λ: a positive one means a shorter life.</param>
/// <remarks>The form of Fader &amp; Hardie (2007), "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models", note 019.</remarks>
public sealed record CovariateParetoNbd(ParetoNbd Base, double[] Buying, double[] Leaving) : ICovariateModel
{
    /// <summary>Maximum likelihood.</summary>
    /// <param name="covariates">n × c, finite, no column constant.</param>
    public static PurchaseFit<CovariateParetoNbd> Fit(
        PurchaseHistories histories, Matrix covariates, LikelihoodOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        int c = covariates.Columns;
        return PurchaseSearch.Lifetime(HistoryGroups.Of(histories, covariates), options, cancel).As(
            p => new CovariateParetoNbd(new(p[0], p[1], p[2], p[3]), p[4..(4 + c)], p[(4 + c)..]),
            ["r", "alpha", "s", "beta", .. CovariateBgNbd.Names("buying", c), .. CovariateBgNbd.Names("leaving", c)]);
    }

    /// <inheritdoc/>
    public IPurchaseModel For(ReadOnlySpan<double> covariates) => new ParetoNbd(
        Base.R, Base.Alpha * Math.Exp(-CovariateBgNbd.Dot(Buying, covariates)), Base.S, Base.Beta * Math.Exp(-CovariateBgNbd.Dot(Leaving, covariates)));
}
