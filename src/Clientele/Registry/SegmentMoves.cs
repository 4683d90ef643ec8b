using Clientele.Learning;

namespace Clientele.Registry;

/// <summary>What changes for customers when one model follows another. Segments are first paired so that most customers stay where they are: a new number or name alone moves nobody.</summary>
/// <param name="Customers">Whom both have assigned.</param>
/// <param name="Moved">Of those, who leave the company of most of their segment.</param>
/// <param name="New">Only the later one has assigned.</param>
/// <param name="Gone">Only the earlier one has assigned.</param>
/// <param name="Between">How many go from which segment to which; pairs first, then most first.</param>
public sealed record SegmentMoves(int Customers, int Moved, int New, int Gone, IReadOnlyList<SegmentMove> Between)
{
    /// <param name="before">Segment by customer.</param>
    public static SegmentMoves From(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var moves = Of(after.Where(customer => before.ContainsKey(customer.Key)).GroupBy(customer => (From: before[customer.Key], To: customer.Value)).ToDictionary(group => group.Key, group => group.Count()));
        return moves with { New = after.Count - moves.Customers, Gone = before.Count - moves.Customers };
    }

    /// <param name="counts">Customers whom both have assigned, by the segments of the one and the other.</param>
    public static SegmentMoves Of(IReadOnlyDictionary<(string From, string To), int> counts)
    {
        string[] rows = [.. counts.Keys.Select(pair => pair.From).Distinct().Order(StringComparer.Ordinal)], columns = [.. counts.Keys.Select(pair => pair.To).Distinct().Order(StringComparer.Ordinal)];
        var pairs = new HashSet<(string, string)>();
        if (counts.Count > 0)
            foreach (var (column, row) in OptimalAssignment.Solve(new Matrix(rows.Length, columns.Length, [.. from row in rows from column in columns select -(double)counts.GetValueOrDefault((row, column))])).Select((column, row) => (column, row)))
                if (column >= 0)
                    pairs.Add((rows[row], columns[column]));
        SegmentMove[] all =
        [
            .. counts.Select(pair => new SegmentMove(pair.Key.From, pair.Key.To, pair.Value, Stays: pairs.Contains(pair.Key)))
                .OrderByDescending(move => move.Stays).ThenByDescending(move => move.Customers).ThenBy(move => move.From, StringComparer.Ordinal).ThenBy(move => move.To, StringComparer.Ordinal),
        ];
        return new(counts.Values.Sum(), all.Where(move => !move.Stays).Sum(move => move.Customers), 0, 0, all);
    }
}

/// <param name="Stays">The two segments are the same one, whatever it is called.</param>
public sealed record SegmentMove(string From, string To, int Customers, bool Stays);
