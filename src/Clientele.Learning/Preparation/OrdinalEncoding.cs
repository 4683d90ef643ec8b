namespace Clientele.Learning;

/// <summary>Categories as 0 … k−1, a column each. For an order of your own (small, medium, large) make an <see cref="OrdinalState"/> with it.</summary>
public static class OrdinalEncoding
{
    /// <param name="columns">Columns of equally many rows, no value null.</param>
    public static OrdinalState Fit(IReadOnlyList<IReadOnlyList<string>> columns, UnknownCategory unknown = UnknownCategory.Refuse) =>
        new(Learning.Categories.Of(columns), unknown);
}

/// <param name="Categories">Of every column, distinct: the index is the code.</param>
public sealed record OrdinalState(IReadOnlyList<IReadOnlyList<string>> Categories, UnknownCategory Unknown)
{
    /// <returns>n × columns: codes.</returns>
    public Matrix Transform(IReadOnlyList<IReadOnlyList<string>> columns)
    {
        var codes = new Matrix(columns is [var first, ..] ? first.Count : 0, Categories.Count);
        Learning.Categories.Encode(columns, Categories, Unknown, (i, j, code) => codes[i, j] = code);
        return codes;
    }

    /// <param name="codes">n × columns, each a whole number 0 … k−1 (or −1 where unknown ones are ignored).</param>
    /// <returns>Columns of n values; null for −1.</returns>
    public IReadOnlyList<IReadOnlyList<string?>> Invert(Matrix codes)
    {
        NotFiniteException.Refuse(codes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(codes.Columns, Categories.Count, nameof(codes));
        return [.. Categories.Select((categories, j) => codes.Column(j).Select((code, i) =>
            code == -1 && Unknown == UnknownCategory.Ignore ? null
            : code >= 0 && code < categories.Count && code == Math.Floor(code) ? categories[(int)code]
            : throw new ArgumentException(FormattableString.Invariant($"The code in row {i}, column {j} (both counted from 0) is {code}: there is none such."), nameof(codes))).ToArray())];
    }
}
