namespace Clientele.Learning.Tests;

/// <summary>Every function over a wide grid: parameters 1e-3 … 1e3, x to 10⁵, T and t to 10⁴, with all edges. Finite, in range, monotone where theory says so.</summary>
public sealed class SafetyTests
{
    private static readonly double[] Parameters = [1e-3, .05, .3, 1 - 1e-12, 1, 1 + 1e-9, 2, 30, 1e3];
    private static readonly int[] Frequencies = [0, 1, 2, 30, 5_000, 100_000];
    private static readonly double[] Times = [1e-3, .5, 30, 730, 1e4];
    private static readonly double[] Shares = [1e-6, .5, .99, 1 - 1e-9, 1];

    [Theory, InlineData("bg"), InlineData("mbg"), InlineData("pareto")]
    public void Every_answer_is_finite_in_range_and_monotone(string name)
    {
        Parallel.For(0, 6_000, draw =>
        {
            var random = new RandomStream(11, draw);
            double[] p = [.. Enumerable.Range(0, 4).Select(_ => Pick(random, Parameters))];
            IPurchaseModel model = name switch { "bg" => new BgNbd(p[0], p[1], p[2], p[3]), "mbg" => new MbgNbd(p[0], p[1], p[2], p[3]), _ => new ParetoNbd(p[0], p[1], p[2], p[3]) };
            int x = Pick(random, Frequencies);
            double tenure = Pick(random, Times), last = x == 0 ? 0 : tenure * Pick(random, Shares), horizon = Pick(random, Times);
            var customer = new PurchaseHistory(x, last, tenure);
            string what = $"{model} {customer} t = {horizon}";

            double alive = model.ProbabilityAlive(customer), expected = model.ExpectedPurchases(customer, horizon), rate = (p[0] + x) / (p[1] + tenure);
            Check(alive is >= 0 and <= 1, what, alive);
            Check(expected >= 0 && expected <= alive * rate * horizon * (1 + 1e-12), what, expected);
            Check(model.ExpectedPurchases(customer, 2 * horizon) >= expected * (1 - 1e-12), what + ": grows with t", expected);
            Check(model.ExpectedPurchases(customer, 0) == 0, what + ": nothing in no time", 0);
            Check(model.ExpectedOfNewcomer(horizon) is var newcomer && newcomer >= 0 && newcomer <= p[0] / p[1] * horizon * (1 + 1e-12), what, newcomer);
            if (x > 0)
                Check(model.ProbabilityAlive(customer with { Recency = Math.Min(tenure, 1.01 * last) }) >= alive * (1 - 1e-10), what + ": grows with t_x", alive);
            Check(model.ProbabilityAlive(customer with { Tenure = 1.01 * tenure }) <= alive * (1 + 1e-10), what + ": falls with T", alive);
            if (draw % 10 == 0)
            {
                double without = model.DiscountedWithoutEnd(customer, .01), within = model.DiscountedPurchases(customer, .01, Math.Min(horizon, 100));
                Check(within >= 0 && within <= without * (1 + 1e-9), what + ": discounted", within);
                Check(without <= alive * rate / .01 * (1 + 1e-12), what + ": discounted without end", without);
            }
            if (draw % 10 == 1 && rate * horizon < 1e3)
            {
                double[] law = model.Law(customer, horizon).Probabilities(1e-6, most: 300);
                Check(law.All(term => term >= 0 && term <= 1 + 1e-12) && law.Sum() <= 1 + 1e-9, what + ": law", law.Sum());
            }
        });
    }

    [Fact]
    public void The_likelihoods_and_gradients_are_finite()
    {
        Parallel.For(0, 3_000, draw =>
        {
            var random = new RandomStream(13, draw);
            int x = Pick(random, Frequencies);
            double tenure = Pick(random, Times), last = x == 0 ? 0 : tenure * Pick(random, Shares);
            double[] at = [.. Enumerable.Range(0, 4).Select(_ => Math.Log(Pick(random, Parameters)))], gradient = new double[4];
            foreach (string name in (string[])["bg", "mbg", "pareto"])
            {
                double value = Likelihoods.Of(name, HistoryGroups.Of(new([x], [last], [tenure]))).Evaluate(at, gradient);
                Check(double.IsFinite(value) && gradient.All(double.IsFinite), $"{name} {string.Join(' ', at)} {x} {last} {tenure}", value);
            }
        });
    }

    [Fact]
    public void Gradients_are_the_slopes_of_the_likelihoods()
    {
        for (int draw = 0; draw < 300; draw++)
        {
            var random = new RandomStream(17, draw);
            double[] at = [.. Enumerable.Range(0, 4).Select(_ => 6 * random.Unit() - 3)], gradient = new double[4], ignored = new double[4];
            int x = random.Below(12);
            double tenure = 1 + 50 * random.Unit();
            string name = new[] { "bg", "mbg", "pareto", "bgbb" }[draw % 4];
            var groups = name == "bgbb"
                ? HistoryGroups.Of(new([Math.Min(x, 4)], [x == 0 ? 0 : Math.Min(x, 4) + random.Below(3)], [8]))
                : HistoryGroups.Of(new([x], [x == 0 ? 0 : tenure * random.Unit()], [tenure]));
            if (draw % 5 == 0)
                at[1] = 8;      // α ≫ β: the integral in place of the series
            var likelihood = Likelihoods.Of(name, groups);
            likelihood.Evaluate(at, gradient);
            for (int i = 0; i < 4; i++)
            {
                double[] above = [.. at], below = [.. at];
                above[i] += 1e-5;
                below[i] -= 1e-5;
                double slope = (likelihood.Evaluate(above, ignored) - likelihood.Evaluate(below, ignored)) / 2e-5;
                Check(Math.Abs(slope - gradient[i]) <= 1e-6 * (1 + Math.Abs(slope)), $"{name} {i} at {string.Join(' ', at)}, {groups.Histories[0]}: {slope} and", gradient[i]);
            }
        }
    }

    private static T Pick<T>(RandomStream random, T[] values) => values[random.Below(values.Length)];

    private static void Check(bool holds, string what, double value) => Assert.True(holds, $"{what}: {value}");
}
