using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Learning;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Features;

/// <summary>Makes the feature table of the kept lines. A run and a prediction come through here alike.</summary>
public static class FeatureSnapshot
{
    private const int DecimalOverflow = 407;

    private static readonly Sql HomeCountry = new("Features/home_country.sql");
    private static readonly Sql Target = new("Features/target.sql");

    /// <summary>One row for each customer of <c>orders</c>, ascending by id.</summary>
    /// <param name="work">The engine that holds <c>orders</c>, and <c>orders_after</c> if a target is asked for.</param>
    /// <param name="fields">What the source knows; a prediction passes the training source's, so that its columns are the model's.</param>
    /// <param name="asOf">The moment that <c>orders</c> was cleaned for.</param>
    /// <exception cref="ProblemException"><c>config/unknown-feature-set</c>, <c>features/too-large</c>, <c>features/not-finite</c>.</exception>
    public static async Task<FeatureTable> Build(
        EngineClient work, FeatureSettings settings, SourceFields fields, AsOf asOf, CancellationToken cancel = default)
    {
        var set = FeatureSets.Named(settings.Set);
        int[] supported = [.. set.Columns.Index().Where(c => FeatureSet.ReasonAgainst(c.Item.Needs, fields) is null).Select(c => c.Index)];
        var customers = new List<string>();
        var revenue = new List<decimal>();
        var values = new List<double>();
        double[] row = new double[set.Columns.Count];
        var parameters = await Values(work, set, settings, asOf, cancel);
        try
        {
            await foreach (bool _ in work.Query(set.Sql, Read, parameters, cancel))
            {
                foreach (int column in supported)
                    values.Add(row[column]);
            }
        }
        catch (EngineException overflow) when (overflow.Code == DecimalOverflow)
        {
            throw new ProblemException(TooLarge, overflow);
        }
        var table = new FeatureTable(
            asOf.Reference, [.. supported.Select(c => set.Columns[c].Feature)],
            [.. set.Columns.Where(c => FeatureSet.ReasonAgainst(c.Needs, fields) is not null).Select(c => (c.Feature, FeatureSet.ReasonAgainst(c.Needs, fields)!))],
            customers, new Matrix(customers.Count, supported.Length, [.. values]), revenue,
            settings.TargetUntil is { } until ? await Targets(work, customers, until, cancel) : null);
        return Checked(table);

        bool Read(RowBinaryReader reader)
        {
            customers.Add(reader.ReadString());
            revenue.Add(reader.ReadDecimal128(4));
            for (int i = 0; i < row.Length; i++)
                row[i] = reader.ReadFloat64();
            return true;
        }
    }

    internal static Problem TooLarge { get; } = new(
        "features/too-large", "A customer's spend is too large to be squared exactly (about 10¹³ in a month).", "Look for a price or quantity that is a mistake, or keep money in larger units.");

    private static async Task<SqlParameters> Values(EngineClient work, FeatureSet set, FeatureSettings settings, AsOf asOf, CancellationToken cancel)
    {
        var values = new SqlParameters();
        if (set.Sql.Statement.Contains("{reference:", StringComparison.Ordinal))
            values.Add("reference", asOf.Reference);
        if (set.Sql.Statement.Contains("{lines_before:", StringComparison.Ordinal))
            values.Add("lines_before", asOf.LinesBefore);
        if (set.Sql.Statement.Contains("{home:", StringComparison.Ordinal))
            values.Add("home", settings.HomeCountry ?? await Home(work, cancel));
        return values;
    }

    /// <summary>The country with the most kept lines. A prediction takes the training run's from the model instead.</summary>
    public static async Task<string> Home(EngineClient work, CancellationToken cancel = default) =>
        await work.Query(HomeCountry, row => row.ReadString(), cancel: cancel).FirstOrDefaultAsync(cancel) ?? "";

    private static async Task<IReadOnlyList<decimal>> Targets(EngineClient work, List<string> customers, DateOnly until, CancellationToken cancel)
    {
        var spent = await work.Query(
            Target, row => (Customer: row.ReadString(), Spent: row.ReadDecimal128(4)), new SqlParameters().Add("target_until", until), cancel)
            .ToDictionaryAsync(t => t.Customer, t => t.Spent, cancellationToken: cancel);
        return [.. customers.Select(customer => spent.GetValueOrDefault(customer))];
    }

    private static FeatureTable Checked(FeatureTable table)
    {
        int bad = Array.FindIndex(table.Values.Values, value => !double.IsFinite(value));
        return bad < 0 ? table : throw new ProblemException(new(
            "features/not-finite", $"'{table.Columns[bad % table.Columns.Count].Name}' of customer {table.Customers[bad / table.Columns.Count]} is no finite number.",
            "Look at this customer's lines: a quantity or price is probably far too large."));
    }
}
