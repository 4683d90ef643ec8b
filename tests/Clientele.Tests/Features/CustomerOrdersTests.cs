using Clientele.Features;
using Clientele.Settings;
using Clientele.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Clientele.Tests.Features;

public sealed class CustomerOrdersTests
{
    private static readonly string[] Sets = ["retail_15", "retail_15_published", "clv_9", "clv_9_published"];

    private static readonly ColumnMapping Columns = new()
    {
        Invoice = "invoice",
        Customer = "customer",
        OrderedAt = "at",
        Product = "product",
        Description = "description",
        Quantity = "quantity",
        Price = "price",
        Country = "country",
    };

    private static readonly Gen<OrderLine> AnyLine =
        from invoice in Gen.Choose(1, 9)
        from cancelled in Gen.Elements("", "", "", "C")
        from minutes in Gen.Choose(0, 700 * 24 * 60)
        from product in Gen.Choose(1, 9)
        from quantity in Gen.Choose(-20, 60)
        from pence in Gen.Choose(0, 999_999)
        from country in Gen.Elements("France", "Spain")
        select new OrderLine
        {
            Invoice = $"{cancelled}{invoice}",
            OrderedAt = new DateTime(2023, 1, 1).AddMinutes(minutes),
            Product = $"p{product}",
            Quantity = quantity,
            Money = pence / 10_000m,
            Country = country,
        };

    private static readonly Arbitrary<OrderLine[]> AnyLines = AnyLine.NonEmptyListOf().Select(lines => lines.ToArray()).ToArbitrary();

    public static TheoryData<string> SetsWithoutOrder => ["retail_15", "clv_9", "clv_9_published"];

    [Theory, MemberData(nameof(SetsWithoutOrder))]
    public void The_order_of_lines_does_not_matter(string set) => Prop.ForAll(AnyLines, lines =>
        Of(set, lines).Values.SequenceEqual(Of(set, [.. lines.Reverse()]).Values)
        && Of(set, lines).Values.SequenceEqual(Of(set, [.. lines.OrderBy(line => line.Money).ThenBy(line => line.Quantity)]).Values)).Holds();

    [Fact]
    public void The_published_gap_alone_depends_on_the_order_of_lines() => Prop.ForAll(AnyLines, lines =>
        Enumerable.Range(0, 15).Except([6]).All(column => Of("retail_15_published", lines).Values[column].Equals(Of("retail_15_published", [.. lines.Reverse()]).Values[column]))).Holds();

    [Fact]
    public void A_line_in_two_parts_of_the_same_invoice_and_moment_is_worth_the_same() => Prop.ForAll(AnyLines, lines =>
    {
        var halves = lines.SelectMany(line => new[] { line with { Quantity = 1 }, line with { Quantity = line.Quantity - 1 } }).ToArray();
        return Of("retail_15", lines).Values.SequenceEqual(Of("retail_15", halves).Values) && Of("clv_9", lines).Values.SequenceEqual(Of("clv_9", halves).Values)
            && Of("clv_9", lines).Revenue == Of("clv_9", halves).Revenue;
    }).Holds();

    [Fact]
    public void A_later_reference_date_adds_its_days_to_recency_and_tenure_alone() => Prop.ForAll(AnyLines, lines =>
    {
        var (now, later) = (Of("clv_9", lines, new(2025, 1, 1)).Values, Of("clv_9", lines, new(2025, 1, 11)).Values);
        // With one purchase day the gap is the tenure.
        int[] moved = lines.Select(line => line.OrderedAt!.Value.Date).Distinct().Count() == 1 ? [0, 4, 7] : [0, 4];
        return Enumerable.Range(0, 9).All(column => later[column].Equals(now[column] + (moved.Contains(column) ? 10 : 0)));
    }).Holds();

    [Fact]
    public void Lines_after_the_asked_day_do_not_count_and_lines_on_it_do()
    {
        OrderLine On(int day) => new() { Invoice = $"{day}", OrderedAt = new DateTime(2024, 5, day, 23, 59, 59), Quantity = 1, Money = 5 };
        Assert.Equal(2, Of("clv_9", [On(1), On(2), On(3)], new(2024, 5, 2)).Kept);
        Assert.Equal(new(2024, 5, 2), Of("clv_9", [On(1), On(2), On(3)], new(2024, 5, 2)).ReferenceDate);
    }

    [Fact]
    public void Without_an_asked_day_the_later_of_the_trainings_and_the_last_lines_is_the_reference()
    {
        OrderLine On(int year) => new() { Invoice = "1", OrderedAt = new DateTime(year, 5, 1), Quantity = 1, Money = 5 };
        Assert.Equal(new(2024, 12, 31), Of("clv_9", [On(2024)]).ReferenceDate);
        Assert.Equal(new(2025, 5, 1), Of("clv_9", [On(2025)]).ReferenceDate);
    }

    public static TheoryData<string, OrderLine, RowFault> Faults => new()
    {
        { "no invoice", Good with { Invoice = " " }, RowFault.MissingInvoice },
        { "no date", Good with { OrderedAt = null }, RowFault.MissingDate },
        { "before 1970", Good with { OrderedAt = new DateTime(1969, 12, 31) }, RowFault.BadDate },
        { "after 2105", Good with { OrderedAt = new DateTime(2106, 1, 1) }, RowFault.BadDate },
        { "no quantity", Good with { Quantity = null }, RowFault.MissingQuantity },
        { "13 digits", Good with { Quantity = 1_000_000_000_000 }, RowFault.BadQuantity },
        { "the least integer", Good with { Quantity = long.MinValue }, RowFault.BadQuantity },
        { "no price", Good with { Money = null }, RowFault.MissingMoney },
        { "15 digits", Good with { Money = 100_000_000_000_000 }, RowFault.BadMoney },
        { "the largest decimal", Good with { Money = decimal.MaxValue }, RowFault.BadMoney },
        { "too large together", Good with { Quantity = 10_000_000, Money = 10_000_000 }, RowFault.TooLarge },
        { "nothing wrong", Good, RowFault.None },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_line_that_cannot_be_read_is_named_and_does_not_count(string what, OrderLine line, RowFault fault)
    {
        var read = Of("retail_15", [Good, line]);
        Assert.True(fault == RowFault.None ? read.Faults is [] : read.Faults is [(1, var found)] && found == fault, $"{what}: {string.Join(' ', read.Faults)}");
        Assert.Equal(fault == RowFault.None ? 2 : 1, read.Kept);
    }

    [Fact]
    public void Without_an_invoice_column_an_invoice_is_a_customers_day()
    {
        var recipe = Recipe("clv_9") with { Columns = Columns with { Invoice = null } };
        var twice = CustomerOrders.Of("7", [Good, Good with { OrderedAt = Good.OrderedAt!.Value.AddHours(2) }, Good with { OrderedAt = Good.OrderedAt!.Value.AddDays(2) }], recipe);
        Assert.Equal(2, twice.Values[1]);
    }

    [Fact]
    public void A_line_total_is_worth_itself_whatever_the_quantity()
    {
        var recipe = Recipe("clv_9") with { Columns = Columns with { Price = null, LineTotal = "total" } };
        Assert.Equal(-7.5m, CustomerOrders.Of("7", [Good with { Quantity = 3, Money = -7.5m }], recipe).Revenue);
    }

    [Fact]
    public void More_than_four_decimals_are_rounded_half_away_from_zero() =>
        Assert.Equal(-1.0001m, Of("clv_9", [Good with { Quantity = 1, Money = -1.00005m }]).Revenue);

    [Fact]
    public void A_spend_too_large_to_be_squared_is_said_so()
    {
        var line = Good with { Quantity = 1, Money = 99_999_999_999_999 };
        OrderLine[] lines = [.. Enumerable.Range(0, 12).Select(_ => line)];
        Assert.Equal("features/too-large", Assert.Throws<Problems.ProblemException>(() => Of("retail_15", lines)).Problem.Kind);
    }

    [Fact]
    public void Nothing_kept_gives_no_values()
    {
        foreach (string set in Sets)
            Assert.Equal((0, 0), (Of(set, []).Kept, Of(set, []).Values.Count));
    }

    private static OrderLine Good => new() { Invoice = "1", OrderedAt = new DateTime(2024, 5, 1, 10, 0, 0), Product = "p1", Quantity = 2, Money = 2.5m, Country = "Spain" };

    private static FeatureRecipe Recipe(string set) =>
        new(Columns, new(), new() { Set = set, HomeCountry = "Spain" }, new(true, true, true, true, true, true, true), new(2024, 12, 31));

    private static CustomerOrders Of(string set, IReadOnlyList<OrderLine> lines, DateOnly? asOf = null) => CustomerOrders.Of("7", lines, Recipe(set), asOf);
}
