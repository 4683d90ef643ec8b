namespace Clientele.Learning;

/// <summary>What happened beside what was predicted, checked once: equally many, at least one, finite (actual is column 0, predicted column 1).</summary>
internal static class Pairs
{
    public static (double[] Actual, double[] Predicted) Of(IReadOnlyList<double> actual, IReadOnlyList<double> predicted)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(predicted);
        if (actual.Count != predicted.Count || actual.Count == 0)
            throw new ArgumentException($"{actual.Count} actual and {predicted.Count} predicted values: there must be equally many, at least one.", nameof(predicted));
        return (Finite(actual, 0), Finite(predicted, 1));
    }

    /// <summary>Scores of rows that are labelled 0 or 1, both in use.</summary>
    public static (bool[] Positive, double[] Score) Labelled(IReadOnlyList<int> labels, IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var (y, score) = Of([.. labels.Select(label => (double)label)], scores);
        int other = Array.FindIndex(y, label => label is not (0 or 1));
        if (other >= 0)
            throw new ArgumentException($"The label of row {other} is {labels[other]}; it must be 0 or 1.", nameof(labels));
        return ([.. y.Select(label => label == 1)], score);
    }

    public static double[] Finite(IReadOnlyList<double> values, int column)
    {
        double[] copy = [.. values];
        int at = Array.FindIndex(copy, value => !double.IsFinite(value));
        return at < 0 ? copy : throw new NotFiniteException(at, column, copy[at]);
    }
}
