namespace Clientele.Learning;

/// <summary>sign(x)·ln(1 + |x|): tames long tails, keeps 0 and the sign.</summary>
public static class LogTransform
{
    public static LogTransformState Fit(Matrix rows)
    {
        NotFiniteException.Refuse(rows);
        return new(rows.Columns);
    }
}

/// <param name="Columns">As many as it was fitted on.</param>
public sealed record LogTransformState(int Columns) : IInvertibleTransform
{
    public Matrix Transform(Matrix rows) => Columnwise.Map(rows, Columns, (x, _) => Math.CopySign(Elementary.LogOnePlus(Math.Abs(x)), x));

    public Matrix Invert(Matrix rows) => Columnwise.Map(rows, Columns, (y, _) => Math.CopySign(Elementary.ExpMinusOne(Math.Abs(y)), y));
}
