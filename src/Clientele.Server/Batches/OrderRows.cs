using System.Text;
using Clientele.Features;
using Clientele.Lifetime;
using Clientele.Problems;
using Clientele.Server.Models;
using Clientele.Sources;

namespace Clientele.Server.Batches;

/// <summary>Order lines of whole customers: each customer's features are made of its lines as in training. Lines that cannot be read are set aside, and the customer's others count, as in a run.</summary>
/// <param name="asOf">Lines on it count, later ones do not.</param>
internal sealed class OrderRows(TableShape shape, ServedModel model, DateOnly asOf) : RowForm
{
    private readonly TableCells cells = new(shape);
    private readonly OrderColumns columns = OrderColumns.Of(shape.Headers, model)!;

    public override void Read(RecordBlock block, AskedRows into)
    {
        foreach (var (customer, lines) in Customers(block, into))
        {
            try
            {
                Describe(customer, lines, block, into);
            }
            catch (ProblemException wrong)
            {
                into.SetAside(Asked(customer, lines.Select(line => line.Record)), block.Bytes, wrong.Problem.Kind, wrong.Problem.ToString());
            }
        }
    }

    /// <summary>The day of the last line of a block that cleaning keeps; null: it keeps none.</summary>
    public DateOnly? LastDay(RecordBlock block)
    {
        var (recipe, last) = (model.Recipe, (int?)null);
        foreach (var (customer, lines) in Customers(block, null))
        {
            var typed = new List<TypedLine>(lines.Count);
            foreach (var (_, order) in lines)
                if (TypedLine.Read(order, customer, recipe.Columns, recipe.Cleaning.CancellationPrefix, out var line) == RowFault.None)
                    typed.Add(line);
            foreach (var kept in LineRules.Keep(typed, recipe.Cleaning, recipe.Fields.Money, null))
                last = Math.Max(last ?? kept.Day, kept.Day);
        }
        return last is { } day ? TypedLine.DateOf(day) : null;
    }

    private void Describe(string customer, List<(Record Record, OrderLine Order)> lines, RecordBlock block, AskedRows into)
    {
        var described = CustomerOrders.Of(customer, [.. lines.Select(line => line.Order)], model.Recipe, asOf);
        foreach (var (line, fault) in described.Faults)
            into.SetAside(lines[line].Record, block.Bytes, fault);
        var faulty = described.Faults.Select(fault => fault.Line).ToHashSet();
        var asked = Asked(customer, lines.Where((_, line) => !faulty.Contains(line)).Select(line => line.Record));
        if (described.Kept == 0)
        {
            if (asked.Orders!.Count > 0)
                into.SetAside(asked, block.Bytes, "row/no-order", "No line of this customer counts: the model's cleaning rules remove them, or they are later than the reference date.");
            return;
        }
        var row = into.Next();
        for (int i = 0; i < row.Length; i++)
            row[i] = described.Values[model.FromRecipe[i]];
        into.Customers.Add(asked with { Past = model.Valuation is null ? null : CustomerPast.Of(customer, described) });
    }

    private static AskedRow Asked(string customer, IEnumerable<Record> lines)
    {
        Record[] records = [.. lines];
        return new(records.FirstOrDefault(), records, customer, null, null);
    }

    // In the order in which they first stand in the block.
    private IEnumerable<(string Customer, List<(Record Record, OrderLine Order)> Lines)> Customers(RecordBlock block, AskedRows? faults)
    {
        var customers = new OrderedDictionary<string, List<(Record, OrderLine)>>(StringComparer.Ordinal);
        foreach (var record in block.Records)
        {
            if (cells.Divide(block, record, out var line) is not RowFault.None and var fault)
            {
                faults?.SetAside(record, block.Bytes, fault);
                continue;
            }
            string customer = Encoding.UTF8.GetString(columns.CustomerOf(cells, line));
            if (customer.Length == 0)
                faults?.SetAside(record, block.Bytes, "row/missing-customer", "The customer is missing. Fill it in.");
            else if (columns.Read(cells, line, out var order) is not RowFault.None and var wrong)
                faults?.SetAside(record, block.Bytes, columns.Words(wrong));
            else if (customers.TryGetValue(customer, out var lines))
                lines.Add((record, order));
            else
                customers.Add(customer, [(record, order)]);
        }
        return customers.Select(customer => (customer.Key, customer.Value));
    }
}
