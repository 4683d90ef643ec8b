using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Settings;
using Clientele.Sources;
using Clientele.Tests.Sources;
using Clientele.Tests.TestServers;

namespace Clientele.Tests.Features;

/// <summary>Cleaning and feature SQL gives the same bytes on ClickHouse 18.16 and on the embedded 26.5.</summary>
public sealed class EveryEngineTests(ClickHouse1816 old)
{
    private static readonly string[] Sets = ["retail_15", "retail_15_published", "clv_9", "clv_9_published"];

    public static TheoryData<string> Presets => ["online-retail", "clv-6m", "orders"];

    [Theory, MemberData(nameof(Presets))]
    public async Task Online_Retail_comes_out_the_same_to_the_byte(string preset)
    {
        var settings = OrdersRun.With(preset, OrdersRun.OnlineRetailColumns, TestData.File_("orders", "online_retail.csv.gz"));
        Same(await Embedded(settings), await Old(settings, $"retail_{preset.Replace('-', '_')}"));
    }

    [Fact]
    public async Task Sums_past_two_to_the_64th_come_out_the_same_to_the_byte()
    {
        using var files = new OrderFiles();
        var random = new Random(20_26);
        files.Add("orders.csv", $"{OrderFiles.Header}\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i =>
            $"{i / 3},c{random.Next(2_000)},{new DateOnly(2020, 1, 1).AddDays(random.Next(700)):yyyy-MM-dd},p{random.Next(50)},{random.Next(-20, 1_000)},{random.NextInt64(1, 9_999_999)}.{random.Next(10_000):0000}\n")));
        var settings = OrderFiles.Settings(Path.Combine(files.Folder, "orders.csv"));
        Same(await Embedded(settings), await Old(settings, "large_sums"));
    }

    private static void Same(IReadOnlyList<(string Name, string Answer)> embedded, IReadOnlyList<(string Name, string Answer)> old) =>
        Assert.Equal([], embedded.Zip(old).Where(a => a.First != a.Second).Select(a => a.First.Name));

    private static async Task<IReadOnlyList<(string Name, string Answer)>> Embedded(WorkspaceSettings settings)
    {
        await using var engine = await EngineClient.StartEmbedded();
        return await Answers(settings, engine, engine);
    }

    private async Task<IReadOnlyList<(string Name, string Answer)>> Old(WorkspaceSettings settings, string database)
    {
        await (await old.Client()).Execute(Sql.Text("CREATE DATABASE {name:Identifier}"), new SqlParameters().Add("name", new Identifier(database)));
        await using var reader = await EngineClient.StartEmbedded();
        await using var server = await EngineClient.Connect(new(old.Address, database));
        return await Answers(settings, reader, server);
    }

    // Everything that a run asks of the work engine: the ledger, the kept lines, each feature set as RowBinary, the target.
    private static async Task<IReadOnlyList<(string Name, string Answer)>> Answers(WorkspaceSettings settings, EngineClient reader, EngineClient work)
    {
        var read = await SourceReader.Read(reader, work, "/", settings);
        var ledger = await Cleaner.Clean(work, settings.Cleaning, AsOf.Of(settings.Features), read);
        var asOf = AsOf.Of(settings.Features) ?? AsOf.EndOf(ledger.LastDay);
        var answers = new List<(string, string)>
        {
            ("ledger", $"{ledger with { Removed = [] }} {string.Join(' ', ledger.Removed)}"),
            ("home", await FeatureSnapshot.Home(work)),
            ("orders", await Digest(work, Sql.Text("SELECT row, invoice, cancelled, product, description, quantity, ordered_at, price, amount, customer, country FROM orders ORDER BY row"), new())),
        };
        foreach (string name in Sets)
        {
            var table = await FeatureSnapshot.Build(work, settings.Features with { Set = name }, read.Fields with { Money = true, Country = true, TimeOfDay = true, Cancellations = true, Product = true }, asOf);
            answers.Add((name, string.Join('\n', table.Customers.Zip(table.Revenue))));
            answers.Add(($"{name} target", string.Join('\n', table.Target ?? [])));
            foreach (var (column, feature) in table.Columns.Index())
                answers.Add(($"{name}.{feature.Name}", string.Join('\n', table.Values.Column(column).Select(BitConverter.DoubleToInt64Bits))));
        }
        await PurchaseDays.Gather(work);
        var snapshot = await PurchaseDays.At(work, ledger.LastDay.AddDays(-90), ledger.LastDay);
        answers.Add(("lifetime histories", string.Join('\n', snapshot.Customers.Zip(snapshot.Histories.Frequency, snapshot.Histories.Recency).Zip(snapshot.Histories.Tenure, snapshot.RepeatValue))));
        answers.Add(("lifetime targets", string.Join('\n', snapshot.TargetDays.Zip(snapshot.TargetSpend))));
        answers.Add(("lifetime cohorts", string.Join('\n', (await Cohorts.Of(work, ledger.LastDay)).Select(c => $"{c.Month} {string.Join(' ', c.Active)} {string.Join(' ', c.Spend)}"))));
        answers.Add(("lifetime tracking", string.Join('\n', (await RepeatTracking.Of(work, new MbgNbd(1, 30, 1, 2), ledger.LastDay.AddDays(-90), ledger.LastDay)).Weeks)));
        answers.Add(("lifetime history", string.Join('\n', await PurchaseDay.Of(work, snapshot.Customers[0], ledger.LastDay))));
        foreach (var (column, feature) in LifetimeFeature.All.Index())
            answers.Add(($"lifetime.{feature.Name}", string.Join('\n', snapshot.Features.Column(column).Select(BitConverter.DoubleToInt64Bits))));
        return answers;
    }

    private static async Task<string> Digest(EngineClient engine, Sql sql, SqlParameters values)
    {
        using var rows = new MemoryStream();
        await engine.CopyTo(rows, sql, "RowBinary", values);
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(rows.ToArray()));
    }
}
