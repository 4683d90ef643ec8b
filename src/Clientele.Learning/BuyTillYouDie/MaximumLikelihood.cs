namespace Clientele.Learning;

/// <summary>The highest place found of a log-likelihood, what it is worth, and what is doubtful about it.</summary>
/// <param name="Logs">Logarithms of the positive parameters, coefficients as they are.</param>
/// <param name="LogCovariance">Of <paramref name="Logs"/>; null where the curvature says nothing.</param>
internal sealed record MaximumLikelihood(
    double[] Logs, double LogLikelihood, double Score, Matrix? LogCovariance, ParameterSpace Space, int Customers, List<FitWarning> Warnings)
{
    private const double EnoughScore = 1e-6, SameHeight = 1e-3;

    /// <summary>Climbs from every start, on a likeness of the data where these are many, goes to the top from the best, and measures the curvature there.</summary>
    public static MaximumLikelihood Search(
        ILikelihood likelihood, ILikelihood? likeness, ParameterSpace space, IReadOnlyList<double[]> starts, LikelihoodOptions options, CancellationToken cancel)
    {
        options.Check();
        var warnings = new List<FitWarning>();
        var scout = new Ascent(likeness ?? likelihood, space);
        Ascent.Place[] ends = [.. starts.Select(start => scout.Climb([.. start, .. new double[space.Count - start.Length]], null, 1e-4, options.MaxIterations, cancel))];
        var best = ends.MaxBy(end => end.Value)!;
        if (ends.Min(end => end.Value) is var worst && worst < best.Value - SameHeight)
            warnings.Add(new(FitWarningKind.StartsDiffer, FormattableString.Invariant(
                $"{ends.Count(end => end.Value < best.Value - SameHeight)} of {ends.Length} starts ended lower, by up to {best.Value - worst:0.###} in log-likelihood.")));

        var ascent = new Ascent(likelihood, space);
        if (likeness is not null)
        {
            var guess = Curvature.At(scout, best).Inverse(likeness.Weight / likelihood.Weight) ?? best.Inverse;
            best = ascent.Climb(best.Point, guess, 1e-3, options.MaxIterations, cancel);
        }
        var curvature = Curvature.At(ascent, best);
        for (int step = 0; step < 6 && best.Score > EnoughScore / 100 && curvature.Inverse() is { } inverse; step++)
        {
            double before = best.Score;
            var next = ascent.Climb(best.Point, inverse, 0, 1, cancel);
            if (!(next.Score < before))
                break;
            bool far = next.Point.Zip(best.Point).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-4);
            best = next;
            if (far)
                curvature = Curvature.At(ascent, best);
        }
        Judge(best, curvature, space, warnings);
        bool trusted = !warnings.Any(warning => warning.Kind is FitWarningKind.FlatRidge or FitWarningKind.Runaway or FitWarningKind.NotConverged);
        return new(space.ToLogs(best.Point), best.Value, best.Score, trusted ? curvature.Inverse() is { } v ? Unscaled(v, space) : null : null,
            space, (int)likelihood.Weight, warnings);
    }

    /// <param name="make">From the positive parameters and the coefficients.</param>
    public PurchaseFit<TModel> As<TModel>(Func<double[], TModel> make, IReadOnlyList<string> names)
    {
        int k = Logs.Length;
        double[] values = [.. Logs.Select((log, i) => Space.Logarithmic[i] ? Math.Exp(log) : log)];
        double[] slopes = [.. values.Select((value, i) => Space.Logarithmic[i] ? value : 1)];
        Matrix? covariance = LogCovariance is null ? null : new(k, k);
        for (int i = 0; i < k && covariance is not null; i++)
            for (int j = 0; j < k; j++)
                covariance[i, j] = slopes[i] * LogCovariance![i, j] * slopes[j];
        var estimates = values.Select((value, i) => new Estimate(names[i], value, covariance is null ? null : Math.Sqrt(covariance[i, i]), Space.Logarithmic[i]));
        return new(make(values), [.. estimates], LogLikelihood, Score, covariance, Customers, Warnings);
    }

    private static void Judge(Ascent.Place best, Curvature curvature, ParameterSpace space, List<FitWarning> warnings)
    {
        if (best.Point.Any(coordinate => Math.Abs(coordinate) > ParameterSpace.Degenerate))
            warnings.Add(new(FitWarningKind.Runaway, "A parameter went beyond any size that means something: the data do not hold what it describes, or hold too little of it."));
        if (curvature.IsFlat)
            warnings.Add(new(FitWarningKind.FlatRidge, "Parameters can change tenfold together while the log-likelihood falls by less than a half: use the predictions, not the parameters."));
        if (best.Score > EnoughScore)
            warnings.Add(new(FitWarningKind.NotConverged, FormattableString.Invariant($"The search ended with a score of {best.Score:0.0e0} instead of 0.")));
    }

    private static Matrix Unscaled(Matrix inverse, ParameterSpace space)
    {
        var covariance = new Matrix(space.Count, space.Count);
        for (int i = 0; i < space.Count; i++)
            for (int j = 0; j < space.Count; j++)
                covariance[i, j] = space.Scales[i] * inverse[i, j] * space.Scales[j];
        return covariance;
    }
}
