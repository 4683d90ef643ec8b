namespace Clientele.Learning.Tests;

/// <summary>Customers who behave as a model says, purchase by purchase; written from the models' stories alone, with nothing of the fits in it.</summary>
internal static class SimulatedCustomers
{
    /// <param name="day">Purchases are noted on a grid of so long a day, several on one are one, the first day's are the first's; 0: as they happen.</param>
    public static PurchaseHistories Of(IPurchaseModel model, int count, ulong seed, double shortest, double longest, double day = 0)
    {
        var histories = new PurchaseHistories(new int[count], new double[count], new double[count]);
        Parallel.For(0, count, i =>
        {
            var random = new RandomStream(seed, i);
            double tenure = shortest + (longest - shortest) * random.Unit();
            if (day > 0)
                tenure = day * Math.Ceiling(tenure / day);
            double last = 0;
            int x = 0;
            foreach (double time in Purchases(model, random, tenure))
            {
                double at = day > 0 ? day * Math.Floor(time / day) : time;
                if (at > last)
                    (x, last) = (x + 1, at);
            }
            (histories.Frequency[i], histories.Recency[i], histories.Tenure[i]) = (x, last, tenure);
        });
        return histories;
    }

    /// <summary>Times of repeat purchases until the end.</summary>
    private static IEnumerable<double> Purchases(IPurchaseModel model, RandomStream random, double end)
    {
        (double rate, double leave, double life) = model switch
        {
            BgNbd m => (Gamma(random, m.R) / m.Alpha, Beta(random, m.A, m.B), double.PositiveInfinity),
            MbgNbd m => (Gamma(random, m.R) / m.Alpha, Beta(random, m.A, m.B), double.PositiveInfinity),
            ParetoNbd m => (Gamma(random, m.R) / m.Alpha, 0, -Math.Log(1 - random.Unit()) / (Gamma(random, m.S) / m.Beta)),
            _ => throw new ArgumentException("Not simulated.", nameof(model)),
        };
        if (model is MbgNbd && random.Unit() < leave)
            yield break;
        for (double time = -Math.Log(1 - random.Unit()) / rate; time <= Math.Min(end, life); time -= Math.Log(1 - random.Unit()) / rate)
        {
            yield return time;
            if (random.Unit() < leave)
                yield break;
        }
    }

    public static double Beta(RandomStream random, double a, double b)
    {
        double left = Gamma(random, a);
        return left / (left + Gamma(random, b));
    }

    /// <summary>Marsaglia &amp; Tsang (2000), ACM Trans. Mathematical Software 26(3).</summary>
    public static double Gamma(RandomStream random, double shape)
    {
        if (shape < 1)
            return Gamma(random, shape + 1) * Math.Pow(1 - random.Unit(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = random.Gaussian(), v = 1 + c * normal;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - random.Unit()) < 0.5 * normal * normal + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }
}
