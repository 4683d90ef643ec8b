namespace Clientele.Learning;

/// <summary>What the runtime lacks (its own versions subtract and lose the digits).</summary>
internal static class Elementary
{
    /// <summary>ln(1 + x), exact to the last digits for small x too. Source: Kahan, see Goldberg (1991), ACM Computing Surveys 23(1), theorem 4.</summary>
    public static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>eˣ − 1, exact to the last digits for small x too (Kahan's companion formula).</summary>
    public static double ExpMinusOne(double x)
    {
        double u = Math.Exp(x);
        if (Math.Abs(x) > 0.5)
            return u - 1;
        return u == 1 ? x : (u - 1) * (x / Math.Log(u));
    }
}
