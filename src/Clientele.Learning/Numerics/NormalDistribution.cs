namespace Clientele.Learning;

/// <summary>The standard normal law: Φ, its tails and its quantiles, to the last digits.</summary>
internal static class NormalDistribution
{
    // Rational approximations of Cody (1969), Math. Comp. 23(107), tables I–III: erf to .46875, erfc to 4, erfc beyond.
    private static readonly double[] SmallTop = [.185777706184603153, 3.16112374387056560, 113.864154151050156, 377.485237685302021, 3209.37758913846947];
    private static readonly double[] SmallBottom = [1, 23.6012909523441209, 244.024637934444173, 1282.61652607737228, 2844.23683343917062];
    private static readonly double[] MiddleTop =
    [
        2.15311535474403846e-8, .564188496988670089, 8.88314979438837594, 66.1191906371416295, 298.635138197400131, 881.952221241769090,
        1712.04761263407058, 2051.07837782607147, 1230.33935479799725,
    ];
    private static readonly double[] MiddleBottom =
    [
        1, 15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019, 3290.79923573345963,
        4362.61909014324716, 3439.36767414372164, 1230.33935480374942,
    ];
    private static readonly double[] LargeTop =
        [.0163153871373020978, .305326634961232344, .360344899949804439, .125781726111229246, .0160837851487422766, 6.58749161529837803e-4];
    private static readonly double[] LargeBottom =
        [1, 2.56852019228982242, 1.87295284992346725, .527905102951428412, .0605183413124413191, 2.33520497626869185e-3];

    // Rational approximations of Wichura (1988), Applied Statistics 37(3), algorithm AS 241, PPND16.
    private static readonly double[] CentreTop =
    [
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080,
    ];
    private static readonly double[] CentreBottom =
    [
        5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
        5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1,
    ];
    private static readonly double[] TailTop =
    [
        7.74545014278341407640e-4, .0227238449892691845833, .241780725177450611770, 1.27045825245236838258,
        3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
    ];
    private static readonly double[] TailBottom =
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, .0151986665636164571966, .148103976427480074590,
        .689767334985100004550, 1.67638483018380384940, 2.05319162663775882187, 1,
    ];
    private static readonly double[] FarTop =
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, .0265321895265761230930,
        .296560571828504891230, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
    ];
    private static readonly double[] FarBottom =
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        .0148753612908506148525, .136929880922735805310, .599832206555887937690, 1,
    ];

    /// <summary>Φ(z) = P(Z ≤ z).</summary>
    public static double Lower(double z) => ComplementaryError(-z / Math.Sqrt(2)) / 2;

    /// <summary>1 − Φ(z) = P(Z &gt; z), with all its digits in the far tail too.</summary>
    public static double Upper(double z) => ComplementaryError(z / Math.Sqrt(2)) / 2;

    /// <summary>z with Φ(z) = p; ∓∞ at 0 and 1, NaN outside.</summary>
    public static double Quantile(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double near = 0.180625 - q * q;
            return q * Horner(CentreTop, near) / Horner(CentreBottom, near);
        }
        double tail = q < 0 ? p : 1 - p;
        if (!(tail > 0))
            return tail == 0 ? Math.CopySign(double.PositiveInfinity, q) : double.NaN;
        double r = Math.Sqrt(-Math.Log(tail));
        double z = r <= 5 ? Horner(TailTop, r - 1.6) / Horner(TailBottom, r - 1.6) : Horner(FarTop, r - 5) / Horner(FarBottom, r - 5);
        return Math.CopySign(z, q);
    }

    /// <summary>erfc(x) = 2/√π ∫ₓ^∞ e^(−t²) dt.</summary>
    public static double ComplementaryError(double x)
    {
        double size = Math.Abs(x), square = x * x;
        if (size <= 0.46875)
            return 1 - x * Horner(SmallTop, square) / Horner(SmallBottom, square);
        double tail;
        if (size <= 4)
            tail = Horner(MiddleTop, size) / Horner(MiddleBottom, size);
        else if (size < 28)
        {
            double inverse = 1 / square;
            tail = (1 / Math.Sqrt(Math.PI) - inverse * Horner(LargeTop, inverse) / Horner(LargeBottom, inverse)) / size;
        }
        else
            return x > 0 ? 0 : 2;
        // e^(−x²) in two factors: x² rounded would cost digits.
        double coarse = Math.Truncate(size * 16) / 16;
        tail *= Math.Exp(-coarse * coarse) * Math.Exp(-(size - coarse) * (size + coarse));
        return x > 0 ? tail : 2 - tail;
    }

    // Coefficients of the highest power first.
    private static double Horner(double[] coefficients, double x)
    {
        double value = 0;
        foreach (double coefficient in coefficients)
            value = value * x + coefficient;
        return value;
    }
}
