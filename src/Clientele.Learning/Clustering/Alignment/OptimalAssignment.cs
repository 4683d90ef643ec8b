namespace Clientele.Learning;

/// <summary>Pairs rows with columns so that the costs of the pairs sum to as little as possible.</summary>
/// <remarks>Shortest augmenting paths with potentials, O(rows²·columns). Source: Jonker &amp; Volgenant (1987), Computing 38; Kuhn (1955).</remarks>
public static class OptimalAssignment
{
    /// <param name="cost">r × c, finite.</param>
    /// <returns>Of every row its column, −1 where there are more rows than columns and it has none.</returns>
    public static int[] Solve(Matrix cost)
    {
        NotFiniteException.Refuse(cost);
        if (cost.Rows <= cost.Columns)
            return Wide(cost.Rows, cost.Columns, (row, column) => cost[row, column]);
        int[] rowOf = Wide(cost.Columns, cost.Rows, (row, column) => cost[column, row]);
        int[] columnOf = [.. Enumerable.Repeat(-1, cost.Rows)];
        for (int column = 0; column < rowOf.Length; column++)
            columnOf[rowOf[column]] = column;
        return columnOf;
    }

    // Column 'columns' stands for the row that is being placed.
    private static int[] Wide(int rows, int columns, Func<int, int, double> cost)
    {
        var (rowPrice, columnPrice, distance) = (new double[rows], new double[columns + 1], new double[columns]);
        var (owner, from) = (new int[columns + 1], new int[columns]);
        Array.Fill(owner, -1);
        for (int row = 0; row < rows; row++)
        {
            owner[columns] = row;
            int at = columns;
            var reached = new bool[columns + 1];
            Array.Fill(distance, double.PositiveInfinity);
            while (owner[at] >= 0)
            {
                reached[at] = true;
                int nearest = -1;
                for (int column = 0; column < columns; column++)
                {
                    if (reached[column])
                        continue;
                    double reduced = cost(owner[at], column) - rowPrice[owner[at]] - columnPrice[column];
                    if (reduced < distance[column])
                        (distance[column], from[column]) = (reduced, at);
                    if (nearest < 0 || distance[column] < distance[nearest])
                        nearest = column;
                }
                double step = distance[nearest];
                for (int column = 0; column <= columns; column++)
                    if (reached[column])
                    {
                        rowPrice[owner[column]] += step;
                        columnPrice[column] -= step;
                    }
                    else if (column < columns)
                        distance[column] -= step;
                at = nearest;
            }
            for (; at != columns; at = from[at])
                owner[at] = owner[from[at]];
        }
        int[] columnOf = new int[rows];
        for (int column = 0; column < columns; column++)
            if (owner[column] >= 0)
                columnOf[owner[column]] = column;
        return columnOf;
    }
}
