using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Tests.Reports;

/// <summary>Made-up values of the customers of a made-up report, with everything that a real one has.</summary>
internal static class SampleLifetime
{
    private static readonly DateOnly Cutoff = new(2024, 7, 1), Until = new(2025, 1, 1), Tried = new(2024, 1, 1);

    public static ValuedBase Of(IReadOnlyList<string> customers, IReadOnlyList<int> labels, IReadOnlyList<string> personas, Random random)
    {
        decimal[] means = [.. customers.Select(_ => Math.Round((decimal)Math.Exp(4 + 1.3 * random.NextDouble() * 3), 2))];
        var deciles = ValueDeciles.Of([.. means]);
        CustomerValue[] values =
        [
            .. customers.Select((customer, i) => new CustomerValue(
                customer, means[i], means[i] / 2, new(means[i] * 0.1m, means[i] * 1.8m), new(0, i % 5 == 0 ? null : means[i] * 3), means[i] * 0.97m, 2.5, (i % 100) / 100.0, 0.98,
                ChurnRisks.Of((i % 100) / 100.0), i % 3 == 0 ? null : Cutoff.AddDays(i % 90), deciles.Of(means[i]),
                [new("pace", "purchases while a customer", 120.5m), new("worth", "worth of a purchase", -17.25m)])),
        ];
        var personaOf = customers.Zip(labels).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => personas[pair.Second]);
        double[] actual = [.. means.Select(mean => (double)mean * (0.5 + random.NextDouble()))], said = [.. means.Select(mean => (double)mean)];
        var heldOut = new HoldOut(Tried, Cutoff, customers.Count, Deciles.Of(actual, said), Gains.Curve(actual, said, 20), Gini.Normalised(actual, said));
        var weeks = Enumerable.Range(1, 56).Select(week => new TrackedWeek(Tried.AddDays(7 * (week - 30)), 90 * week, 85.5 * week));
        return new([.. values.OrderByDescending(value => value.Mean).ThenBy(value => value.Customer, StringComparer.Ordinal).Take(Everybody.MostBest)], new(
            Cutoff, Until, "6 months", 0.1, "BG/NBD × Gamma–Gamma", "constant", ["'boosting' did not take part: 12 customers bought again for money; this takes 30."],
            ValueSum.Of(values).As("all"), Portfolio.ByPersona(values.ToAsyncEnumerable(), personaOf, personas).GetAwaiter().GetResult(), ValueSum.Of(values).AtRisk(), heldOut, new(Tried, 1_000, 0.19, 0.25, [new(ChurnRisk.Low, 600, 0.84, 0.8), new(ChurnRisk.High, 400, 0.2, 0.21)]), new(Tried, [.. weeks]), Cohorts()), Contest());
    }

    private static IReadOnlyList<Cohort> Cohorts() =>
    [
        .. Enumerable.Range(0, 30).Select(i => new Cohort(
            new DateOnly(2022, 1, 1).AddMonths(i), [.. Enumerable.Range(0, 30 - i).Select(age => age == 0 ? 100L + i : 60L / (1 + age))], [.. Enumerable.Range(0, 30 - i).Select(age => 4_000m / (1 + age))])),
    ];

    private static ContestResult Contest() => new(
        [.. new[] { 3, 1 }.SelectMany(ago => new[] { "constant", "past rate", "BG/NBD × Gamma–Gamma" }.Select((model, i) =>
            new ContestEntry(model, Tried.AddMonths(-ago), 900, 900 - 100 * i + 3 * ago, 300 + 20 * i, i == 0 ? null : 0.7 + i / 10.0, i == 0 ? null : 0.5, 0.1 * i - 0.1)))],
        new("BG/NBD × Gamma–Gamma", "past rate", new(-12_000, -20_000, -4_000, 0.998, 900), "It has the least squared error, and beats the best baseline, 'past rate', with 95 % confidence."),
        new("constant", "constant", null, "It has the least absolute error: no model beats this baseline."),
        new("BG/NBD × Gamma–Gamma", "past rate", new(0.1, 0.05, 0.15, 0, 900), "It ranks customers better than the best baseline, 'past rate', with 95 % confidence."),
        [new(ContestFigure.Gini, "BG/NBD × Gamma–Gamma", "past rate", 0.9, 0.8, new(0.1, 0.05, 0.15, 0, 900))],
        [new("hurdle", Tried.AddMonths(-3), "12 customers bought again for money; this takes 30.")]);
}
