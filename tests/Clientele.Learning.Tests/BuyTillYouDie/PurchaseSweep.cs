namespace Clientele.Learning.Tests;

/// <summary>
/// A wide grid of parameters and customers: parameters 1e-3 … 1e3, x to 10⁵, T and t to 10⁴, with the edges x = 0, t_x = 0, t_x = T, a = 1, a + b &lt; 1, s = 1 and
/// α far from β. At every point every answer is finite, in its range, and monotone where theory says so.
/// </summary>
internal static class PurchaseSweep
{
    private static readonly double[] Parameters = [1e-3, .05, .3, 1, 1 + 1e-9, 2, 30, 1e3];
    private static readonly double[] Times = [1e-3, .5, 30, 730, 1e4];
    private static readonly double[] Shares = [1e-6, .5, 1 - 1e-9, 1];
    private static readonly PurchaseHistory[] Customers =
    [
        .. Times.Select(tenure => new PurchaseHistory(0, 0, tenure)),
        .. from x in new[] { 1, 2, 30, 5_000, 100_000 } from tenure in Times from share in Shares select new PurchaseHistory(x, tenure * share, tenure),
    ];

    public static IReadOnlyList<string> Models { get; } = ["bg", "mbg", "pareto", "nbd", "bgbb", "gammagamma"];

    /// <summary>Checks every <paramref name="step"/>-th point of the grid, from the given one on.</summary>
    /// <returns>How many points were looked at, and what was wrong with the first few that failed.</returns>
    public static (long Points, IReadOnlyList<string> Faults) Run(string model, int first, int step)
    {
        long points = (long)Math.Pow(Parameters.Length, model switch { "nbd" => 2, "gammagamma" => 3, _ => 4 }) * Customers.Length;
        var faults = new System.Collections.Concurrent.ConcurrentQueue<string>();
        long looked = points <= first ? 0 : (points - 1 - first) / step + 1;
        const int block = 64;
        Parallel.For(0, (looked + block - 1) / block, b =>
        {
            for (long i = b * block; i < Math.Min(looked, (b + 1) * block) && faults.Count < 20; i++)
            {
                long at = first + i * step, rest = at / Customers.Length;
                var customer = Customers[at % Customers.Length];
                double[] p = new double[4];
                for (int k = 0; k < 4; k++, rest /= Parameters.Length)
                    p[k] = Parameters[rest % Parameters.Length];
                foreach (string fault in At(model, p, customer, at))
                    faults.Enqueue($"{model} ({string.Join(", ", p)}) {customer}: {fault}");
            }
        });
        return (looked, [.. faults]);
    }

    private static IEnumerable<string> At(string model, double[] p, PurchaseHistory customer, long at) => model switch
    {
        "bg" => Continuous(new BgNbd(p[0], p[1], p[2], p[3]), p, customer, at),
        "mbg" => Continuous(new MbgNbd(p[0], p[1], p[2], p[3]), p, customer, at),
        "pareto" => Continuous(new ParetoNbd(p[0], p[1], p[2], p[3]), p, customer, at),
        "nbd" => Continuous(new Nbd(p[0], p[1]), p, customer, at),
        "bgbb" => Periods(new BgBb(p[0], p[1], p[2], p[3]), customer),
        _ => Spend(new GammaGamma(p[0], p[1], p[2]), customer),
    };

    private static IEnumerable<string> Continuous(IPurchaseModel model, double[] p, PurchaseHistory customer, long at)
    {
        double alive = model.ProbabilityAlive(customer), rate = (p[0] + customer.Frequency) / (p[1] + customer.Tenure), before = 0;
        if (alive is not (>= 0 and <= 1))
            yield return $"alive {alive}";
        if (customer.Frequency > 0 && model.ProbabilityAlive(customer with { Recency = Math.Min(customer.Tenure, 1.01 * customer.Recency) }) < alive * (1 - 1e-9))
            yield return $"alive {alive} falls with t_x";
        if (model.ProbabilityAlive(customer with { Tenure = 1.01 * customer.Tenure }) > alive * (1 + 1e-9))
            yield return $"alive {alive} rises with T";
        foreach (double horizon in (double[])[0, .. Times])
        {
            double expected = model.ExpectedPurchases(customer, horizon), newcomer = model.ExpectedOfNewcomer(horizon);
            if (!(expected >= before * (1 - 1e-10) && expected <= alive * rate * horizon * (1 + 1e-11)))
                yield return $"expected {expected} in {horizon}, {before} before";
            if (!(newcomer >= 0 && newcomer <= p[0] / p[1] * horizon * (1 + 1e-11)))
                yield return $"newcomer {newcomer} in {horizon}";
            before = expected;
        }
        double without = model.DiscountedWithoutEnd(customer, .01), horizonOf = Times[at % Times.Length], within = model.DiscountedPurchases(customer, .01, horizonOf);
        if (!(without >= 0 && without <= alive * rate / .01 * (1 + 1e-11)))
            yield return $"discounted without end {without}";
        if (!(within >= 0 && within <= Math.Min(without, model.ExpectedPurchases(customer, horizonOf)) * (1 + 1e-8)))
            yield return $"discounted {within} in {horizonOf}, without end {without}";
        // The law is read term by term, so it is asked only where there are few.
        if (rate * horizonOf < 100 && at % 7 == 0)
            foreach (string fault in Law(model.Law(customer, horizonOf)))
                yield return $"{fault} in {horizonOf}";
    }

    private static IEnumerable<string> Law(PurchaseLaw law)
    {
        double[] terms = law.Probabilities(1e-6, most: 2_000);
        if (terms.Any(term => term is not (>= 0 and <= 1 + 1e-12)) || terms.Sum() > 1 + 1e-9)
            yield return $"law sums to {terms.Sum()}";
        if (terms.Length < 2_000 && law.Quantile(.1) is var low && law.Median is var median && law.Quantile(.9) is var high && !(low <= median && median <= high && high <= terms.Length))
            yield return $"quantiles {low} {median} {high}";
    }

    private static IEnumerable<string> Periods(BgBb model, PurchaseHistory customer)
    {
        int periods = (int)Math.Min(1000, 1 + customer.Tenure), last = customer.Frequency == 0 ? 0 : (int)Math.Ceiling(customer.Recency * periods / customer.Tenure);
        var person = new PurchaseHistory(Math.Min(customer.Frequency, last), last, periods);
        double now = model.ProbabilityAlive(person, 0), next = model.ProbabilityAlive(person), ten = model.ExpectedPurchases(person, 10), newcomer = model.ExpectedOfNewcomer(10);
        if (!(now is >= 0 and <= 1 && next >= 0 && next <= now))
            yield return $"alive {now}, then {next}";
        if (!(ten >= 0 && ten <= 10 * now * (1 + 1e-12) && model.ExpectedPurchases(person, 20) >= ten * (1 - 1e-12) && newcomer is >= 0 and <= 10))
            yield return $"expected {ten}, of a newcomer {newcomer}";
        if (model.DiscountedWithoutEnd(person, .1) is var without && !(without >= 0 && without <= now / .1 * (1 + 1e-11)))
            yield return $"discounted without end {without}";
        double[] law = model.Law(person, 5).Probabilities(0);
        if (law.Any(term => term is not (>= 0 and <= 1 + 1e-10)) || Math.Abs(law.Sum() - 1) > 1e-8)
            yield return $"law sums to {law.Sum()}";
    }

    private static IEnumerable<string> Spend(GammaGamma model, PurchaseHistory customer)
    {
        double mean = model.ExpectedSpend(customer.Frequency, customer.Tenure), median = model.MedianSpend(customer.Frequency, customer.Tenure);
        bool infinite = model.P * customer.Frequency + model.Q <= 1;
        if (infinite ? !double.IsPositiveInfinity(mean) : !(mean > 0 && double.IsFinite(mean)))
            yield return $"mean spend {mean}";
        if (!(median > 0 && median <= mean * (1 + 1e-9)))
            yield return $"median spend {median}, mean {mean}";
        if (customer.Frequency > 0 && !infinite && model.ExpectedSpend(customer.Frequency, 2 * customer.Tenure) < mean)
            yield return $"mean spend {mean} falls with the customer's own";
    }
}
