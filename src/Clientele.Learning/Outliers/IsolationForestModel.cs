namespace Clientele.Learning;

/// <param name="Columns">As many as it was fitted on.</param>
/// <param name="SampleSize">Rows each tree was grown on.</param>
public sealed record IsolationForestModel(int Columns, int SampleSize, IReadOnlyList<IsolationTree> Trees)
{
    /// <summary>2^(−mean path / c(sample size)) for every row: 0 … 1, higher = more unusual, about .5 for the usual.</summary>
    /// <param name="rows">n × the columns it was fitted on, finite.</param>
    /// <param name="threads">At most this many; 0: all cores. The same bits on any number.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite.</exception>
    public double[] Score(Matrix rows, int threads = 0, CancellationToken cancel = default) => new IsolationForestScorer(this).Score(rows, threads, cancel);
}
