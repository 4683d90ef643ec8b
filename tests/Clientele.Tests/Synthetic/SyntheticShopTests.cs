using System.Globalization;
using System.Security.Cryptography;
using Clientele.Problems;
using Clientele.Synthetic;

namespace Clientele.Tests.Synthetic;

public sealed class SyntheticShopTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-shop-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        Assert.Equal(Digests("a", 7), Digests("b", 7));
        Assert.NotEqual(Digests("c", 8), Digests("a", 7));

        string Digests(string name, ulong seed)
        {
            var files = Write(name, new() { Customers = 200, Seed = seed });
            return string.Join(' ', new[] { files.Orders, files.Truth }.Select(path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(10)]
    public void Truth_names_every_customer_once_and_every_persona(int personas)
    {
        var files = Write("shop", new() { Customers = 600, Personas = personas, Separation = Separation.Clear });
        var truth = File.ReadLines(files.Truth).Skip(1).Select(line => line.Split(',')).ToList();

        Assert.Equal("customer,persona,name", File.ReadLines(files.Truth).First());
        Assert.Equal(600, truth.Select(row => row[0]).Distinct().Count());
        Assert.Equal(personas, truth.Select(row => (row[1], row[2])).Distinct().Count());
        Assert.Equal(
            truth.Select(row => row[0]).Order(),
            Rows(files).Select(row => row.Customer).Where(customer => customer.Length > 0).Distinct().Order());
    }

    [Fact]
    public void An_export_is_in_order_of_time_with_growing_invoice_numbers_and_eight_fields()
    {
        var files = Write("shop", new() { Customers = 300 });
        var rows = Rows(files).ToList();

        Assert.Equal("invoice,product,description,quantity,ordered_at,price,customer,country", File.ReadLines(files.Orders).First());
        Assert.Equal(files.Lines, rows.Count);
        Assert.Equal(files.Invoices, rows.Select(row => row.Invoice).Distinct().Count());
        var times = rows.Select(row => row.Time).OfType<DateTime>().ToList();
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[0], new DateTime(2024, 1, 1), new DateTime(2024, 1, 15));
        Assert.InRange(times[^1], new DateTime(2025, 12, 25), new DateTime(2025, 12, 31, 23, 59, 0));
        int[] numbers = [.. rows.Select(row => int.Parse(row.Invoice.TrimStart('C'), CultureInfo.InvariantCulture))];
        Assert.Equal(numbers.Order(), numbers);
        Assert.All(rows, row => Assert.True(row.Quantity is null || row.Quantity < 0 == row.Invoice.StartsWith('C')));
    }

    [Fact]
    public void A_return_gives_back_what_its_customer_bought_before()
    {
        var files = Write("shop", new() { Customers = 100 });
        var bought = new HashSet<(string, string)>();
        foreach (var row in Rows(files).Where(row => row.Customer.Length > 0))
        {
            if (row.Invoice.StartsWith('C'))
                Assert.Contains((row.Customer, row.Product), bought);
            else
                bought.Add((row.Customer, row.Product));
        }
        Assert.Contains(Rows(files), row => row.Invoice.StartsWith('C'));
    }

    [Fact]
    public void Dirt_comes_at_the_stated_rates()
    {
        var rows = Rows(Write("shop", new() { Customers = 1_500, Seed = 11 })).ToList();
        var invoices = rows.GroupBy(row => row.Invoice).ToList();
        var orders = invoices.Where(invoice => !invoice.Key.StartsWith('C')).ToList();
        int guests = orders.Count(invoice => invoice.First().Customer.Length == 0);
        int twice = invoices.Sum(invoice => invoice.Count() - invoice.Distinct().Count());

        AtRate(Dirt.BadNumber, rows.Count(row => row.Quantity is null), rows.Count);
        AtRate(Dirt.BadDate, rows.Count(row => row.Time is null), rows.Count);
        AtRate(Dirt.NoDescription, rows.Count(row => row.Description.Length == 0), rows.Count);
        AtRate(Dirt.Duplicate, twice, rows.Count - twice);
        AtRate(Dirt.PostagePerOrder, orders.Count(invoice => invoice.Any(row => row.Product == "POST")), orders.Count);
        AtRate(Dirt.GuestPerOrder, guests, orders.Count - guests);

        // Within four standard deviations of a binomial: one test in 16,000 would err by chance, and the seed is fixed.
        static void AtRate(double rate, int count, int of) =>
            Assert.InRange(count, rate * of - 4 * Math.Sqrt(rate * of), rate * of + 4 * Math.Sqrt(rate * of));
    }

    [Fact]
    public void December_is_busy_Saturdays_are_quiet_and_nobody_orders_at_night()
    {
        var times = Rows(Write("shop", new() { Customers = 400 })).DistinctBy(row => row.Invoice).Select(row => row.Time).OfType<DateTime>().ToList();

        Assert.True(times.Count(time => time.Month is 11 or 12) > 1.3 * times.Count(time => time.Month is 1 or 2));
        Assert.True(times.Count(time => time.DayOfWeek == DayOfWeek.Saturday) < 0.7 * times.Count(time => time.DayOfWeek == DayOfWeek.Tuesday));
        Assert.DoesNotContain(times, time => time.Hour < 6);
    }

    [Theory, InlineData(0, 5), InlineData(10, 0), InlineData(10, 11)]
    public void What_cannot_be_made_is_refused_with_its_range(int customers, int personas)
    {
        var refused = Assert.Throws<ProblemException>(() => Write("shop", new() { Customers = customers, Personas = personas }));
        Assert.StartsWith("usage/", refused.Problem.Kind, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_shop_leaves_no_file_behind()
    {
        using var cancel = new CancellationTokenSource();
        var afterFirst = new Stop(cancel);
        Assert.Throws<OperationCanceledException>(() => SyntheticShop.Write(folder, new() { Customers = 5_000 }, afterFirst, cancel.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    private SyntheticShopFiles Write(string name, SyntheticShopOptions options) => SyntheticShop.Write(Path.Combine(folder, name), options);

    private static IEnumerable<Row> Rows(SyntheticShopFiles files) =>
        File.ReadLines(files.Orders).Skip(1).Select(line =>
        {
            string[] cells = line.Split(',');
            Assert.Equal(8, cells.Length);
            Assert.True(decimal.Parse(cells[5], CultureInfo.InvariantCulture) > 0);
            return new Row(
                cells[0], cells[1], cells[2],
                int.TryParse(cells[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int quantity) ? quantity : null,
                DateTime.TryParseExact(cells[4], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
                cells[6]);
        });

    private sealed record Row(string Invoice, string Product, string Description, int? Quantity, DateTime? Time, string Customer);

    private sealed class Stop(CancellationTokenSource cancel) : IProgress<int>
    {
        public void Report(int value) => cancel.Cancel();
    }
}
