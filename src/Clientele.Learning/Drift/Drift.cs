namespace Clientele.Learning;

/// <summary>Has a column, or a table, changed between a reference and now?</summary>
/// <remarks>Missing values (null, NaN, ±∞) are left out and counted; a column without values is reported as not compared.</remarks>
public static class Drift
{
    public static ColumnDrift Compare(string name, IReadOnlyList<double> reference, IReadOnlyList<double> current, DriftOptions? options = null)
    {
        double[] before = [.. reference.Where(double.IsFinite)], now = [.. current.Where(double.IsFinite)];
        return Judge(name, ColumnKind.Numeric, new(before.Length, reference.Count - before.Length), new(now.Length, current.Count - now.Length),
            () => before.Concat(now).Distinct().Count(),
            test => test switch
            {
                DriftTest.KolmogorovSmirnov => KolmogorovSmirnov.Test(before, now) is var ks ? (ks.Distance, ks.PValue) : default,
                DriftTest.Wasserstein => (Wasserstein.Normed(before, now), null),
                DriftTest.ChiSquare or DriftTest.ProportionZ => OfShares(test, Frequencies.ByValue(before, now, Comparer<double>.Default)),
                _ => OfShares(test, Frequencies.OfNumbers(before, now)),
            },
            options ?? new());
    }

    public static ColumnDrift Compare(string name, IReadOnlyList<string?> reference, IReadOnlyList<string?> current, DriftOptions? options = null)
    {
        string[] before = [.. reference.OfType<string>()], now = [.. current.OfType<string>()];
        return Judge(name, ColumnKind.Categorical, new(before.Length, reference.Count - before.Length), new(now.Length, current.Count - now.Length),
            () => before.Concat(now).Distinct().Count(),
            test => OfShares(test, Frequencies.ByValue(before, now, StringComparer.Ordinal)),
            options ?? new());
    }

    /// <summary>The verdict on a table from its columns; p-values are adjusted over all columns that have one.</summary>
    public static TableDrift Summarise(IReadOnlyList<ColumnDrift> columns, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        options ??= new();
        options.Require();
        var judged = columns.ToArray();
        int[] tested = [.. Enumerable.Range(0, judged.Length).Where(i => judged[i].PValue is not null)];
        double[] adjusted = FalseDiscoveries.Adjust([.. tested.Select(i => judged[i].PValue!.Value)]);
        for (int i = 0; options.ControlFalseDiscoveries && i < tested.Length; i++)
        {
            var column = judged[tested[i]];
            judged[tested[i]] = column with { AdjustedPValue = adjusted[i], Drifted = IsDrift(column.Test!.Value, adjusted[i], column.Threshold) };
        }
        int compared = judged.Count(column => column.Test is not null);
        double share = compared == 0 ? 0 : (double)judged.Count(column => column.Drifted) / compared;
        return new(judged, share, compared > 0 && share >= options.ShareOfColumns);
    }

    private static ColumnDrift Judge(
        string name, ColumnKind kind, SampleSize reference, SampleSize current,
        Func<int> distinct, Func<DriftTest, (double Statistic, double? PValue)> run, DriftOptions options)
    {
        options.Require();
        if (reference.Values == 0 || current.Values == 0)
            return new(name, kind, null, null, null, null, options.Significance, false, reference, current);
        var test = options.Test ?? DriftRule.Choose(kind, reference.Values, distinct(), options.LargeReference);
        var (statistic, p) = run(test);
        double threshold = p is null ? options.Distance : options.Significance;
        return new(name, kind, test, double.IsFinite(statistic) ? statistic : null, p, null, threshold, IsDrift(test, p ?? statistic, threshold), reference, current);
    }

    private static (double Statistic, double? PValue) OfShares(DriftTest test, Frequencies counts)
    {
        var (reference, current) = counts;
        switch (test)
        {
            case DriftTest.ChiSquare:
                var chi = ChiSquare.Test(reference, current);
                return (chi.Statistic, chi.PValue);
            case DriftTest.ProportionZ:
                ArgumentOutOfRangeException.ThrowIfGreaterThan(reference.Length, 2, "values");
                var z = Proportions.Test(reference[0], reference.Sum(), current[0], current.Sum());
                return (z.Z, z.PValue);
            case DriftTest.JensenShannon:
                return (Shares.JensenShannon(reference, current), null);
            case DriftTest.StabilityIndex:
                return (Shares.StabilityIndex(reference, current), null);
            case DriftTest.KullbackLeibler:
                return (Shares.KullbackLeibler(reference, current), null);
            case DriftTest.Hellinger:
                return (Shares.Hellinger(reference, current), null);
            default:
                throw new ArgumentException($"{test} compares numbers, not categories.", nameof(test));
        }
    }

    // Evidently takes p = threshold for drift with Kolmogorov–Smirnov alone.
    private static bool IsDrift(DriftTest test, double score, double threshold) => test switch
    {
        DriftTest.KolmogorovSmirnov => score <= threshold,
        DriftTest.ChiSquare or DriftTest.ProportionZ => score < threshold,
        _ => score >= threshold,
    };
}
