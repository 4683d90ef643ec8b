using System.Security;
using Clientele.Tests.Cli;
using Clientele.Tests.Sources.Workbooks;

namespace Clientele.Tests.Pipeline;

/// <summary>What the cache gives back is what a fresh run would have made.</summary>
public sealed class CacheTests
{
    [Fact]
    public async Task A_changed_setting_redoes_what_depends_on_it_and_gives_the_bytes_of_a_fresh_run()
    {
        using var shop = await SmallShop.Create(customers: 300);
        await shop.Run();

        foreach (var (from, to, redone) in new[]
        {
            ("seed: 42", "seed: 42", ""),
            ("  parquet: true", "  parquet: false", "write lifetime-tables report model"),
            ("name: Shop", "name: Boutique", "personas write lifetime-tables report model"),
            ("  min_share: 0.03", "  min_share: 0.05", "segment personas write lifetime-tables report model"),
            ("  set: retail_15", "  set: clv_9", "features segment personas write lifetime-tables report model"),
            ("  positive_quantity: false", "  positive_quantity: true", "clean features segment personas lifetime write lifetime-tables report model"),
        })
        {
            shop.Change(from, to);
            Assert.Equal(redone.Split(' ', StringSplitOptions.RemoveEmptyEntries), await shop.Planned());

            var taken = await shop.Run();
            Assert.Empty(await shop.Planned());
            Assert.Equal(await shop.Run("--fresh"), taken);
        }
    }

    [Fact]
    public async Task A_workbook_is_read_once_for_two_ways_of_cleaning()
    {
        using var shop = await SmallShop.Create(customers: 200);
        static string Cell(string text) => $"<c t='inlineStr'><is><t>{SecurityElement.Escape(text)}</t></is></c>";
        using var book = new BookFile(string.Concat(File.ReadLines(shop["orders.csv"]).Where(line => !line.Contains('"'))
            .Select(line => $"<row>{string.Concat(line.Split(',').Select(Cell))}</row>")));
        book.Save();
        shop.Change("orders.csv", book.Path);
        await shop.Run();
        shop.Change("  positive_quantity: false", "  positive_quantity: true");

        var taken = await shop.Run();

        Assert.Single(Directory.EnumerateFiles(shop[".clientele", "steps", "ingest"]), path => File.ReadAllText(path).Contains("lines.native", StringComparison.Ordinal));
        Assert.Equal(await shop.Run("--fresh"), taken);
    }

    [Fact]
    public async Task A_damaged_artifact_is_made_again()
    {
        using var shop = await SmallShop.Create(customers: 300);
        var before = await shop.Run();
        foreach (string path in Directory.EnumerateFiles(shop[".clientele", "objects"], "*", SearchOption.AllDirectories))
        {
            byte[] content = File.ReadAllBytes(path);
            content[^1] ^= 1;
            File.WriteAllBytes(path, content);
        }

        Assert.Equal(10, (await shop.Planned()).Count);
        Assert.Equal(before, await shop.Run());
        Assert.Empty(await shop.Planned());
    }

    [Fact]
    public async Task A_run_that_fails_keeps_what_was_finished()
    {
        using var shop = await SmallShop.Create(customers: 200);
        shop.Change("  segments: 4..8", "  segments: 50..50");
        shop.Change("  positive_quantity: false", "  positive_quantity: true");
        Assert.Contains("too few", (await CliProcess.Run(shop.Folder, "run", "shop")).Error, StringComparison.Ordinal);

        shop.Change("  segments: 50..50", "  segments: 4..8");

        Assert.Equal(["segment", "personas", "lifetime", "write", "lifetime-tables", "report", "model"], await shop.Planned());
    }

    [Fact]
    public async Task More_bad_rows_than_now_allowed_are_refused_though_the_reading_is_known()
    {
        using var shop = await SmallShop.Create(customers: 300);
        await shop.Run();
        shop.Change("on_error: quarantine", "on_error: stop");

        var refused = await CliProcess.Run(shop.Folder, "run", "shop");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("orders.csv:", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        using var shop = await SmallShop.Create(customers: 300);

        string said = await CliProcess.Succeed(shop.Folder, "run", "shop", "--dry-run");

        Assert.Contains("was not done before", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(shop[".clientele"]));
        Assert.False(Directory.Exists(shop["runs"]));
    }
}
