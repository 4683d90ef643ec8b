using Clientele.Engines;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Sources;

/// <summary>Where the mapped columns stand among the cells of a row, from 1.</summary>
/// <param name="Columns">Cells in a row.</param>
internal sealed record ColumnPlan(
    int Columns, uint Invoice, uint Customer, uint OrderedAt, uint Product, uint Description, uint Quantity, uint Money, uint Country)
{
    /// <summary>The place of a column that the source does not have. Past the last cell an array answers ''.</summary>
    public const uint Nowhere = 1_000_000;

    /// <summary>Finds the mapped columns in a header.</summary>
    /// <exception cref="ProblemException"><c>source/unknown-column</c>, naming the nearest header.</exception>
    public static ColumnPlan Of(ColumnMapping mapping, IReadOnlyList<string> headers, Place place)
    {
        uint Find(string? name)
        {
            if (name is null)
                return Nowhere;
            int at = headers.ToList().IndexOf(name);
            if (at >= 0)
                return (uint)at + 1;
            string found = string.Join(", ", headers.Take(40));
            throw new ProblemException(new(
                "source/unknown-column", $"There is no column '{name}'.",
                Nearest.To(name, headers) is { } near ? $"Did you mean '{near}'? The header has: {found}." : $"Name one of these under `columns:` in clientele.yaml: {found}.", place));
        }

        return new(headers.Count, Find(mapping.Invoice), Find(mapping.Customer), Find(mapping.OrderedAt), Find(mapping.Product), Find(mapping.Description),
            Find(mapping.Quantity), Find(mapping.LineTotal ?? mapping.Price), Find(mapping.Country));
    }

    /// <summary>The same when only the mapped columns are read, and their places in the file, from 1, in the order in which they are read.</summary>
    public (ColumnPlan Plan, IReadOnlyList<int> Columns) Narrowed()
    {
        var places = new List<int>();
        uint Move(uint place)
        {
            if (place == Nowhere)
                return Nowhere;
            if (!places.Contains((int)place))
                places.Add((int)place);
            return (uint)places.IndexOf((int)place) + 1;
        }

        var plan = this with
        {
            Invoice = Move(Invoice),
            Customer = Move(Customer),
            OrderedAt = Move(OrderedAt),
            Product = Move(Product),
            Description = Move(Description),
            Quantity = Move(Quantity),
            Money = Move(Money),
            Country = Move(Country),
        };
        return (plan with { Columns = places.Count }, places);
    }

    /// <summary>Adds the places to the values of <c>read.sql</c>.</summary>
    public SqlParameters AddTo(SqlParameters values) => values
        .Add("columns", Columns).Add("nowhere", Nowhere).Add("invoice", Invoice).Add("customer", Customer).Add("ordered_at", OrderedAt).Add("product", Product)
        .Add("description", Description).Add("quantity", Quantity).Add("money", Money).Add("country", Country);
}
