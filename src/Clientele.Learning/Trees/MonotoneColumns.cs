namespace Clientele.Learning;

/// <summary>Which way each column may move a prediction: 1 never down as the value rises, −1 never up, 0 either way. None given: all free.</summary>
internal static class MonotoneColumns
{
    public static int Sign(IReadOnlyList<int> signs, int column) => signs.Count == 0 ? 0 : signs[column];

    /// <exception cref="ArgumentException">Not one per column, not a sign, or a sign for a column of categories.</exception>
    public static void Check(IReadOnlyList<int> signs, int columns, IReadOnlyList<int> categorical)
    {
        if (signs.Count == 0)
            return;
        if (signs.Count != columns)
            throw new ArgumentException($"Monotone has {signs.Count} entries for {columns} columns; give one per column (0 where free).");
        for (int j = 0; j < columns; j++)
            if (signs[j] is < -1 or > 1 || (signs[j] != 0 && categorical.Contains(j)))
                throw new ArgumentException($"Monotone is {signs[j]} for column {j}: it can be −1, 0 or 1, and only 0 for a column of categories.");
    }
}
