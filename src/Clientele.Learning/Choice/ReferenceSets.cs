namespace Clientele.Learning;

/// <summary>Data without groups, shaped as the rows are: what k-means finds there, it finds by itself.</summary>
/// <remarks>They are made in the axes of the rows' principal components and left there: k-means does not mind a rotation.</remarks>
internal sealed class ReferenceSets
{
    private readonly int count;
    private readonly double[] deviations, lows, highs;

    public ReferenceSets(Matrix rows)
    {
        var (mean, covariance) = Pca.Covariance(rows);
        var axes = SymmetricEigen.Of(covariance);
        count = rows.Rows;
        deviations = [.. axes.Values.Select(value => Math.Sqrt(Math.Max(0, value)))];
        var scores = new PcaState(mean, axes.Vectors, [], []).Transform(rows);
        lows = [.. Enumerable.Range(0, rows.Columns).Select(j => scores.Column(j).Min())];
        highs = [.. Enumerable.Range(0, rows.Columns).Select(j => scores.Column(j).Max())];
    }

    /// <summary>Uniform in the box around the rows, along their principal axes. Source: Tibshirani, Walther &amp; Hastie (2001), JRSS B 63(2), §4 (b).</summary>
    public Matrix Uniform(RandomStream random) => Make(j => lows[j] + (highs[j] - lows[j]) * random.Unit());

    /// <summary>Normal with the rows' covariance.</summary>
    public Matrix Gaussian(RandomStream random) => Make(j => deviations[j] * random.Gaussian());

    private Matrix Make(Func<int, double> value)
    {
        var made = new Matrix(count, deviations.Length);
        for (int i = 0; i < made.Values.Length; i++)
            made.Values[i] = value(i % deviations.Length);
        return made;
    }
}
