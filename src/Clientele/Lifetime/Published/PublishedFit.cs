using Clientele.Features;
using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>System 002's model, learned as it was published: on three fifths of the customers of one cut-off, drawn at random, and judged on the other two.</summary>
/// <param name="Validation">Errors of the raw answers, below 0 too, as published.</param>
/// <param name="Test">The same of the last fifth.</param>
public sealed record PublishedFit(PublishedModel Model, PublishedSplit Split, RegressionScores Validation, RegressionScores Test)
{
    /// <summary>Below this a fifth says nothing, and three fifths do not hold nine coefficients.</summary>
    public const int LeastCustomers = 100;

    /// <param name="table">Of the set <c>clv_9_published</c>, all nine columns, with a target; at least <see cref="LeastCustomers"/>.</param>
    public static PublishedFit Of(FeatureTable table)
    {
        double[] spend = [.. table.Target!.Select(value => (double)value)];
        var split = PublishedSplit.Of(spend.Length);
        var model = PublishedModel.Fit(table.Values.Take(split.Training), [.. split.Training.Select(i => spend[i])]);
        return new(model, split, Errors(split.Validation), Errors(split.Test));

        RegressionScores Errors(IReadOnlyList<int> rows) => RegressionScores.Of([.. rows.Select(i => spend[i])], model.Raw(table.Values.Take(rows)));
    }

    /// <summary>One per row: "training", "validation" or "test".</summary>
    public IReadOnlyList<string> Parts()
    {
        string[] parts = new string[Split.Training.Count + Split.Validation.Count + Split.Test.Count];
        foreach (var (rows, part) in (ReadOnlySpan<(IReadOnlyList<int>, string)>)[(Split.Training, "training"), (Split.Validation, "validation"), (Split.Test, "test")])
            foreach (int row in rows)
                parts[row] = part;
        return parts;
    }
}
