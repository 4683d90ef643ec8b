namespace Clientele.Learning;

/// <summary>Refuses targets and weights that a loss can't take; the message names the row and the remedy.</summary>
internal static class Targets
{
    // Sums of squares of all rows stay numbers up to here.
    private const double Most = 1e100, MostWeight = 1e30, LeastWeight = 1e-30;

    public static double[] Check(Matrix rows, IReadOnlyList<double> target, TreeLoss loss)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Count != rows.Rows)
            throw new ArgumentException($"{target.Count} targets for {rows.Rows} rows; give one each.", nameof(target));
        double[] values = [.. target];
        for (int i = 0; i < values.Length; i++)
        {
            double y = values[i];
            if (!double.IsFinite(y))
                throw new ArgumentException(FormattableString.Invariant($"The target of row {i} (counted from 0) is {y}. Remove the row or give it a number."), nameof(target));
            if (Math.Abs(y) > Most)
                throw new ArgumentException(FormattableString.Invariant($"The target of row {i} (counted from 0) is {y}, too large to be squared. Measure targets in larger units."), nameof(target));
            if (Objection(y, loss) is { } objection)
                throw new ArgumentException(FormattableString.Invariant($"The target of row {i} (counted from 0) is {y}. {objection}"), nameof(target));
        }
        return values;
    }

    public static double[] CheckWeights(Matrix rows, IReadOnlyList<double>? weights)
    {
        if (weights is null)
            return [];
        if (weights.Count != rows.Rows)
            throw new ArgumentException($"{weights.Count} weights for {rows.Rows} rows; give one each, or none.", nameof(weights));
        double[] values = [.. weights];
        int at = Array.FindIndex(values, weight => weight is not (0 or (>= LeastWeight and <= MostWeight)));
        if (at >= 0)
            throw new ArgumentException(FormattableString.Invariant($"The weight of row {at} (counted from 0) is {values[at]}. Weights are 0, or between 1E-30 and 1E+30."), nameof(weights));
        if (!values.Any(weight => weight > 0))
            throw new ArgumentException("All weights are 0: there is nothing to learn from. Give some rows a weight above 0.", nameof(weights));
        return values;
    }

    private static string? Objection(double y, TreeLoss loss) => loss.Kind switch
    {
        TreeLossKind.Poisson or TreeLossKind.Tweedie when y < 0 =>
            $"The {loss.Kind} loss takes no negative target: clip it to 0, leave the row out, or use the squared loss.",
        TreeLossKind.Gamma when y <= 0 =>
            "The Gamma loss takes only targets above 0: leave the row out, or use Tweedie, which allows zeros.",
        TreeLossKind.Logistic when y is not (0 or 1) =>
            "The logistic loss takes 0 (no) or 1 (yes): recode the target, or use softmax for several classes.",
        TreeLossKind.Softmax when !(y >= 0 && y < loss.Parameter && y == Math.Floor(y)) =>
            FormattableString.Invariant($"Classes are numbered 0 … {loss.Parameter - 1}: recode the target, or raise the number of classes."),
        _ => null,
    };
}
