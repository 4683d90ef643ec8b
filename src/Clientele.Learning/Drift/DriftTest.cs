namespace Clientele.Learning;

/// <summary>How a column is judged. The first three give a p-value, the others a distance.</summary>
public enum DriftTest
{
    KolmogorovSmirnov,
    ChiSquare,
    /// <summary>Of the share of the least (first) of two values.</summary>
    ProportionZ,
    /// <summary>In standard deviations of the reference.</summary>
    Wasserstein,
    JensenShannon,
    StabilityIndex,
    KullbackLeibler,
    Hellinger,
}

public enum ColumnKind
{
    Numeric,
    Categorical,
}

/// <summary>Which test suits a column: by its kind, the rows of its reference and the distinct values of both samples.</summary>
public static class DriftRule
{
    private const int FewValues = 5, TwoValues = 2;

    /// <param name="referenceRows">Values of the reference that are there (missing ones dropped).</param>
    /// <param name="distinct">Distinct values of reference and current together.</param>
    /// <param name="largeReference">Up to this many rows a significance test, above it a distance.</param>
    public static DriftTest Choose(ColumnKind kind, int referenceRows, int distinct, int largeReference = 1000)
    {
        bool many = kind == ColumnKind.Numeric && distinct > FewValues;
        return (referenceRows <= largeReference, many) switch
        {
            (true, true) => DriftTest.KolmogorovSmirnov,
            (true, false) => distinct > TwoValues ? DriftTest.ChiSquare : DriftTest.ProportionZ,
            (false, true) => DriftTest.Wasserstein,
            (false, false) => DriftTest.JensenShannon,
        };
    }
}
