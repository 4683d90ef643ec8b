namespace Clientele.Learning;

/// <summary>Data without groups, shaped as the rows are: what k-means finds there, it finds by itself.</summary>
/// <remarks>Those with principal axes are made in them and left there: k-means does not mind a rotation.</remarks>
internal sealed class ReferenceSets
{
    private readonly int count;
    private readonly double[] deviations;
    private readonly (double Low, double High)[] columns, axes;

    public ReferenceSets(Matrix rows)
    {
        var (mean, covariance) = Pca.Covariance(rows);
        var principal = SymmetricEigen.Of(covariance);
        count = rows.Rows;
        deviations = [.. principal.Values.Select(value => Math.Sqrt(Math.Max(0, value)))];
        columns = Box(rows);
        axes = Box(new PcaState(mean, principal.Vectors, [], []).Transform(rows));
    }

    public Matrix Draw(GapReference kind, RandomStream random) => kind switch
    {
        GapReference.RawAxes => Make(j => Even(columns[j], random)),
        GapReference.PrincipalAxes => Make(j => Even(axes[j], random)),
        GapReference.Gaussian => Make(j => deviations[j] * random.Gaussian()),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static double Even((double Low, double High) side, RandomStream random) => side.Low + (side.High - side.Low) * random.Unit();

    private static (double, double)[] Box(Matrix rows) =>
        [.. Enumerable.Range(0, rows.Columns).Select(j => rows.Column(j) is var column ? (column.Min(), column.Max()) : default)];

    private Matrix Make(Func<int, double> value)
    {
        var made = new Matrix(count, deviations.Length);
        for (int i = 0; i < made.Values.Length; i++)
            made.Values[i] = value(i % deviations.Length);
        return made;
    }
}
