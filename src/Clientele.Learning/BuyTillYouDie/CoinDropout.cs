namespace Clientele.Learning;

/// <summary>
/// What BG/NBD and MBG/NBD share from the cut-off on. Of a customer alive the posterior is λ ~ Gamma(shape, rate), p ~ Beta(a, b), independent; the
/// customer buys at rate λ and leaves after each purchase with probability p.
/// </summary>
internal readonly record struct CoinDropout(double Shape, double Rate, double A, double B)
{
    /// <summary>1 / (1 + odds·((α+T)/(α+t_x))^{r+x}), in logarithms.</summary>
    /// <param name="odds">Of having left at the last purchase against having stayed: a/(b + coins tossed − 1).</param>
    public static double ProbabilityAlive(double r, double alpha, double odds, PurchaseHistory h)
    {
        double silence = (r + h.Frequency) * Elementary.LogOnePlus((h.Tenure - h.Recency) / (alpha + h.Recency));
        double alive = LogSpace.Complement(Math.Log(odds) + silence);
        return alive < 1e-300 ? 0 : alive;
    }

    /// <summary>E[Y(t)], the mean of (1 − e^{−λpt})/p.</summary>
    /// <remarks>
    /// The hypergeometric form after Euler's transformation: no parameter grows but the denominator. It tells by the size of its terms how many digits it
    /// cancelled; where these are too many, or z is near 1, the integral over p takes its place.
    /// </remarks>
    public double Expected(double horizon)
    {
        if (horizon == 0)
            return 0;
        double z = horizon / (Rate + horizon), fade = -Elementary.LogOnePlus(horizon / Rate), c = A + B - 1, numerator = c - Shape;
        if (z > 0.95)
            return Integral(horizon);
        double head = -c * LogSpace.PowerMinusOne(A - 1, fade), scale = Math.Exp((A - 1) * fade);
        (double sum, double size, double term) = (0, 0, numerator * z);
        for (int n = 1; n < 1000; n++)
        {
            sum += term;
            size += Math.Abs(term);
            double ratio = (numerator + n) * (A + n - 1) / ((c + n) * (n + 1)) * z;
            term *= ratio;
            if (Math.Abs(term) > 1e-17 * Math.Abs(sum) || Math.Abs(ratio) >= 1)
                continue;
            double expected = head - scale * sum;
            return Math.Abs(head) + scale * size <= 100 * expected ? expected : Integral(horizon);
        }
        return Integral(horizon);
    }

    private double Integral(double horizon) => BetaMean.Of(A, B, new Purchases(Shape, horizon / Rate));

    /// <summary>E[λ/(δ+pλ)]: purchases to come, each worth e^{−δ·(time until it)}, without end.</summary>
    public double Discounted(double rate) => BetaMean.Of(A, B, new Discounting(Shape, Rate * rate));

    /// <summary>P(Y(t) = n), n = 0, 1, …</summary>
    public IEnumerable<double> Law(double horizon)
    {
        // NB(n) in logarithms: its first value underflows for frequent buyers. survived: B(a, b+n)/B(a, b); left: B(a+1, b+n−1)/B(a, b).
        double z = horizon / (Rate + horizon), logTerm = -Shape * Elementary.LogOnePlus(horizon / Rate), logZ = Math.Log(z);
        (double below, double survived, double left) = (0, 1, 0);
        for (int n = 0; ; n++)
        {
            double term = Math.Exp(logTerm), atLeast = Math.Max(0, 1 - below);
            yield return survived * term + left * atLeast;
            below += term;
            logTerm += Math.Log((Shape + n) / (n + 1)) + logZ;
            left = survived * A / (A + B + n);
            survived *= (B + n) / (A + B + n);
        }
    }

    /// <summary>φ(p) = (1 − (1+pw)^{−R})/p, the purchases of one with dropout p.</summary>
    private readonly record struct Purchases(double Shape, double W) : BetaMean.IFunction
    {
        public double At(double p, double rest) => -Elementary.ExpMinusOne(-Shape * Elementary.LogOnePlus(p * W)) / p;
        public double SteepnessAtZero => W * (Shape + 1);
        public double SteepnessAtOne => Shape + 1;
    }

    /// <summary>R eʸE_{R+1}(y)/p with y = αδ/p. By the recurrence of E this is (1 − y eʸE_R(y))/p without the cancellation.</summary>
    private readonly record struct Discounting(double Shape, double Y) : BetaMean.IFunction
    {
        public double At(double p, double rest) => Shape * ExponentialIntegral.Scaled(Shape + 1, Y / p) / p;
        public double SteepnessAtZero => (Shape + 2) / Y;
        public double SteepnessAtOne => Shape + 2;
    }
}
