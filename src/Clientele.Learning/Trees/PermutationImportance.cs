namespace Clientele.Learning;

/// <summary>How much worse predictions become when a column's values are shuffled. Correlated columns share their importance. Source: Breiman (2001), Machine Learning 45, §10.</summary>
public static class PermutationImportance
{
    /// <param name="rows">n × d, best rows that the model was not fitted on.</param>
    /// <param name="loss">The model's loss on such rows; lower is better.</param>
    /// <param name="repeats">Shuffles per column.</param>
    /// <returns>Per column the mean rise of the loss; about 0 (a little above or below) for a column that doesn't matter.</returns>
    public static double[] Of(Matrix rows, Func<Matrix, double> loss, int repeats = 5, ulong seed = 42, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        double usual = loss(rows);
        var rises = new double[rows.Columns];
        Workers.Run(rows.Columns, threads, j =>
        {
            var shuffled = new Matrix(rows.Rows, rows.Columns, (double[])rows.Values.Clone());
            for (int r = 0; r < repeats; r++)
            {
                int[] order = new RandomStream(seed, j, r).Permutation(rows.Rows);
                for (int i = 0; i < order.Length; i++)
                    shuffled[i, j] = rows[order[i], j];
                rises[j] += (loss(shuffled) - usual) / repeats;
            }
        }, cancel);
        return rises;
    }
}
