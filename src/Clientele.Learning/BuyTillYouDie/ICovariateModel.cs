namespace Clientele.Learning;

/// <summary>A model whose parameters differ between customers by what else is known of them and does not change: channel, country, first basket.</summary>
public interface ICovariateModel
{
    /// <summary>The model of customers with these covariates.</summary>
    IPurchaseModel For(ReadOnlySpan<double> covariates);
}
