namespace Clientele.Personas;

/// <summary>Gives every row a column of its own so that the sum of gains is highest.</summary>
/// <remarks>Hungarian method with potentials, O(rows² × columns). Source: Kuhn (1955), Naval Research Logistics 2; the form is Jonker and Volgenant's (1987).</remarks>
internal static class Assignment
{
    /// <param name="gains">rows × columns, rows ≤ columns, finite.</param>
    /// <returns>The column of every row.</returns>
    public static int[] Best(double[,] gains)
    {
        int rows = gains.GetLength(0), columns = gains.GetLength(1);
        var rowPotential = new double[rows + 1];
        var columnPotential = new double[columns + 1];
        var owner = new int[columns + 1];           // row of each column, from 1; 0: free
        for (int row = 1; row <= rows; row++)
        {
            owner[0] = row;
            var cameFrom = new int[columns + 1];
            var slack = new double[columns + 1];
            Array.Fill(slack, double.PositiveInfinity);
            var visited = new bool[columns + 1];
            int at = 0;
            do
            {
                visited[at] = true;
                int next = 0;
                double step = double.PositiveInfinity;
                for (int c = 1; c <= columns; c++)
                {
                    if (visited[c])
                        continue;
                    double reduced = -gains[owner[at] - 1, c - 1] - rowPotential[owner[at]] - columnPotential[c];
                    if (reduced < slack[c])
                        (slack[c], cameFrom[c]) = (reduced, at);
                    if (slack[c] < step)
                        (step, next) = (slack[c], c);
                }
                for (int c = 0; c <= columns; c++)
                {
                    if (visited[c])
                    {
                        rowPotential[owner[c]] += step;
                        columnPotential[c] -= step;
                    }
                    else
                    {
                        slack[c] -= step;
                    }
                }
                at = next;
            }
            while (owner[at] != 0);
            for (; at != 0; at = cameFrom[at])
                owner[at] = owner[cameFrom[at]];
        }
        var best = new int[rows];
        for (int c = 1; c <= columns; c++)
            if (owner[c] != 0)
                best[owner[c] - 1] = c - 1;
        return best;
    }
}
