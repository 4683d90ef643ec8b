using Clientele.Features;
using Clientele.Segments;
using Clientele.Sources;

namespace Clientele.Personas;

/// <summary>What personas are made from.</summary>
/// <param name="Fields">What the source knows; nothing else is spoken of.</param>
/// <param name="Habits">From <see cref="SegmentHabits"/>'s queries; empty when they were not asked for.</param>
/// <param name="Workspace">Its name: two workspaces draw different names.</param>
/// <param name="Currency">ISO 4217 code, or empty.</param>
public sealed record PersonaRequest(
    Segmentation Segmentation, SourceFields Fields, IReadOnlyList<SegmentHabits> Habits, string Workspace, string Currency, ulong Seed);

/// <summary>Gives segments a face. Pure: the same request, the same personas.</summary>
public static class PersonaBuilder
{
    private const int ExamplesShown = 5;

    /// <returns>One persona per segment, in the order of segment ids.</returns>
    public static IReadOnlyList<Persona> Build(PersonaRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var segmentation = request.Segmentation;
        var table = segmentation.Features;
        var words = new Wording(request.Fields.Money ? request.Currency : "");
        int[] columns = SegmentFacts.KnownColumns(table, request.Fields);
        var profiles = FeatureProfiles.Of(table, columns, segmentation.Labels, segmentation.Clusters);
        var facts = Facts(request, columns, profiles);
        cancel.ThrowIfCancellationRequested();

        var archetypes = PersonaNames.Assign(facts);
        var names = PersonaNames.From(
            request.Workspace, request.Seed, table.ReferenceDate.DayNumber, table.Customers.Count, table.Revenue.Sum()).For(archetypes);
        var rules = Rules(segmentation, columns, words, cancel);
        var revenue = Sums(segmentation, table.Revenue);
        var examples = Examples(segmentation);

        return
        [
            .. facts.Select((fact, s) => new Persona
            {
                Segment = s + 1,
                Name = names[s],
                Archetype = archetypes[s].Id,
                Story = Story.Of(fact, words),
                Action = archetypes[s].Action(fact, words),
                Customers = fact.Customers,
                CustomerShare = fact.CustomerShare,
                Revenue = request.Fields.Money ? revenue[s] : null,
                RevenueShare = fact.RevenueShare,
                Outliers = Enumerable.Range(0, segmentation.Labels.Count).Count(i => segmentation.Labels[i] == s && segmentation.Outliers[i]),
                Traits = Traits.Of(fact, words),
                Rule = rules[s],
                Profile = fact.Profile,
                Countries = request.Fields.Country ? fact.Habits?.Countries ?? [] : [],
                Hours = request.Fields.TimeOfDay ? fact.Habits?.Hours ?? [] : [],
                Weekdays = fact.Habits?.Weekdays ?? [],
                Products = request.Fields.Product ? fact.Habits?.Products ?? [] : [],
                Examples = examples[s],
                Jaccard = Known(segmentation.Quality.FirstOrDefault(q => q.Label == s)?.Jaccard),
                Silhouette = Known(segmentation.Quality.FirstOrDefault(q => q.Label == s)?.Silhouette),
            }),
        ];
    }

    private static SegmentFacts[] Facts(PersonaRequest request, int[] columns, FeatureProfile[][] profiles)
    {
        var segmentation = request.Segmentation;
        var table = segmentation.Features;
        int k = segmentation.Clusters;
        var sizes = Sums(segmentation, Enumerable.Repeat(1m, table.Customers.Count));
        var customerShares = Shares.Of(sizes)!;
        var revenueShares = request.Fields.Money ? Shares.Of(Sums(segmentation, table.Revenue)) : null;

        int orders = columns.Where(c => table.Columns[c].Role == FeatureRole.Invoices).Append(-1).First();
        var once = new int[k];
        var ordersOf = new double[k];
        for (int i = 0; orders >= 0 && i < table.Customers.Count; i++)
        {
            double placed = table.Values[i, orders];
            ordersOf[segmentation.Labels[i]] += placed;
            if (placed <= 1)
                once[segmentation.Labels[i]]++;
        }
        double allOrders = ordersOf.Sum();
        string? usualCountry = request.Habits.SelectMany(h => h.Countries).GroupBy(c => c.Country)
            .OrderByDescending(g => g.Sum(c => c.Customers)).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

        return
        [
            .. Enumerable.Range(0, k).Select(s => new SegmentFacts(
                (int)sizes[s], customerShares[s], revenueShares?[s],
                orders < 0 ? null : once[s] / (double)sizes[s],
                orders < 0 || allOrders <= 0 ? null : ordersOf[s] / allOrders,
                request.Fields.Product, profiles[s], Allowed(request.Habits.FirstOrDefault(h => h.Segment == s + 1), request.Fields), usualCountry)),
        ];
    }

    /// <summary>Habits without what the source does not know.</summary>
    private static SegmentHabits? Allowed(SegmentHabits? habits, SourceFields fields) => habits is null ? null : habits with
    {
        Countries = fields.Country ? habits.Countries : [],
        Hours = fields.TimeOfDay ? habits.Hours : [],
        Products = fields.Product ? habits.Products : [],
    };

    private static PersonaRule[] Rules(Segmentation segmentation, int[] columns, Wording words, CancellationToken cancel)
    {
        var table = segmentation.Features;
        int[] allowed =
        [
            .. columns.Where(c => segmentation.ClusteredColumns.Contains(c)
                || table.Columns[c].Role is not (FeatureRole.Hour or FeatureRole.Weekday or FeatureRole.HomeCountry
                    or FeatureRole.GapDays or FeatureRole.LineGapDays or FeatureRole.GapDeviation)),      // 0 for a single order reads as a short gap
        ];
        var thresholds = new Thresholds[allowed.Length];
        Parallel.For(0, allowed.Length, new ParallelOptions { CancellationToken = cancel }, c => thresholds[c] = Thresholds.Of(table, allowed[c]));
        var search = new RuleSearch(thresholds, segmentation.Labels);
        var rules = new PersonaRule[segmentation.Clusters];
        Parallel.For(0, rules.Length, new ParallelOptions { CancellationToken = cancel }, s => rules[s] = search.Find(table, s, words));
        return rules;
    }

    private static decimal[] Sums(Segmentation segmentation, IEnumerable<decimal> parts)
    {
        var sums = new decimal[segmentation.Clusters];
        int i = 0;
        foreach (decimal part in parts)
            sums[segmentation.Labels[i++]] += part;
        return sums;
    }

    private static string[][] Examples(Segmentation segmentation) =>
    [
        .. Enumerable.Range(0, segmentation.Clusters).Select(s => Enumerable.Range(0, segmentation.Labels.Count)
            .Where(i => segmentation.Labels[i] == s)
            .OrderBy(i => segmentation.Outliers[i]).ThenBy(i => segmentation.Distances[i]).Take(ExamplesShown)
            .Select(i => segmentation.Features.Customers[i]).ToArray()),
    ];

    private static double? Known(double? measured) => measured is { } value && double.IsFinite(value) ? value : null;
}
