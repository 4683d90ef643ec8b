namespace Clientele.Learning;

/// <summary>Σ(x−c)² over the numbers, γ for every category that differs. Source: Huang (1998), Data Mining and Knowledge Discovery 2(3), §2.</summary>
internal sealed class MixedDistance
{
    private readonly double gamma;
    private readonly bool[] isCode;

    public MixedDistance(int columns, IReadOnlyList<int> categorical, double gamma)
    {
        this.gamma = gamma;
        isCode = new bool[columns];
        foreach (int column in categorical)
            isCode[column] = true;
    }

    public bool IsCode(int column) => isCode[column];

    public double Squared(ReadOnlySpan<double> row, ReadOnlySpan<double> prototype)
    {
        double sum = 0;
        for (int j = 0; j < row.Length; j++)
        {
            double gap = row[j] - prototype[j];
            sum = isCode[j] ? gap == 0 ? sum : sum + gamma : Math.FusedMultiplyAdd(gap, gap, sum);
        }
        return sum;
    }

    public NearestTwo Nearest(ReadOnlySpan<double> row, Matrix prototypes)
    {
        var two = new NearestTwo();
        for (int c = 0; c < prototypes.Rows; c++)
            two.Meet(c, Squared(row, prototypes.Row(c)));
        return two;
    }

    /// <summary>Half the mean population standard deviation of the numbers; 1 where there are none, or none varies.</summary>
    public static double DefaultGamma(Matrix rows, IReadOnlyList<int> categorical)
    {
        double[] deviations = [.. Enumerable.Range(0, rows.Columns).Except(categorical).Select(j => Columnwise.Moments(rows.Column(j)).Deviation)];
        return deviations.Sum() is > 0 and var sum ? sum / deviations.Length / 2 : 1;
    }
}
