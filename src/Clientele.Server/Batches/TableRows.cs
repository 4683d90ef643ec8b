using System.Globalization;
using System.Text;
using Clientele.Lifetime;
using Clientele.Server.Models;
using Clientele.Sources;

namespace Clientele.Server.Batches;

/// <summary>The cells of one record after the other; whatever is wrong with a record as a whole is found here.</summary>
internal sealed class TableCells(TableShape shape)
{
    private readonly PlainCells cells = new(shape.Headers.Count, (byte)shape.Delimiter);

    /// <param name="line">What <see cref="Cell"/> takes.</param>
    /// <returns>What is wrong with the record; nothing: its cells can be asked for.</returns>
    public RowFault Divide(RecordBlock block, in Record record, out ReadOnlySpan<byte> line)
    {
        var text = block.Bytes.AsSpan(record.Start, record.Length);
        line = text;
        if (record.IsTooLong)
            return RowFault.TooManyCells;
        if (!System.Text.Unicode.Utf8.IsValid(text))
            return RowFault.Encoding;
        if (cells.Divide(text, out line))
            return RowFault.None;
        if (CsvQuotes.EndOf(text, (byte)shape.Delimiter) != QuotesEnd.Whole)
            return RowFault.Quotes;
        return CsvRecords.Cells(Encoding.UTF8.GetString(text), shape.Delimiter).Count is var count && count < shape.Headers.Count ? RowFault.TooFewCells
            : count > shape.Headers.Count ? RowFault.TooManyCells : RowFault.Quotes;
    }

    /// <summary>A cell without blanks around it.</summary>
    /// <param name="column">From 0; below 0: the table has no such column.</param>
    public ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> line, int column) => Whole(line, column).Trim((byte)' ');

    /// <summary>A cell as it is.</summary>
    public ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> line, int column) => column < 0 ? [] : cells.Cell(line, (uint)column + 1);
}

/// <summary>Rows of features.</summary>
internal sealed class FeatureRows : RowForm
{
    private readonly TableCells cells;
    private readonly IReadOnlyList<string> names;
    private readonly int[] columns, lifetime;
    private readonly DateOnly cutoff;
    private readonly int id;

    public FeatureRows(TableShape shape, ServedModel model)
    {
        cells = new(shape);
        names = model.Segments.Features;
        var headers = shape.Headers.ToList();
        columns = [.. names.Select(name => headers.IndexOf(name))];
        lifetime = TableShape.LifetimeColumns(shape.Headers, model) is { } known ? [.. known.Select(name => headers.IndexOf(name))] : [];
        cutoff = model.Valuation?.Cutoff ?? default;
        id = TableShape.IdNames.Select(name => headers.IndexOf(name)).FirstOrDefault(at => at >= 0, -1);
    }

    public override void Read(RecordBlock block, AskedRows into)
    {
        foreach (var record in block.Records)
        {
            if (cells.Divide(block, record, out var line) is not RowFault.None and var fault)
            {
                into.SetAside(record, block.Bytes, fault);
                continue;
            }
            var row = into.Next();
            List<string>? wrong = null;
            for (int j = 0; j < columns.Length; j++)
            {
                if (double.TryParse(cells.Cell(line, columns[j]), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
                    row[j] = value;
                else
                    (wrong ??= []).Add(names[j]);
            }
            string? customer = id < 0 ? null : Encoding.UTF8.GetString(cells.Cell(line, id));
            var past = Past(line, customer, out string? mistake);
            if (wrong is null && mistake is null)
                into.Customers.Add(new(record, null, customer, null, past));
            else if (wrong is null)
                into.SetAside(record, block.Bytes, "row/lifetime", mistake!);
            else
                into.SetAside(record, block.Bytes, "row/features", $"{string.Join(", ", wrong)}: this must be a finite number.");
        }
    }

    // Cells that are all empty: no value is asked for.
    private CustomerPast? Past(ReadOnlySpan<byte> line, string? customer, out string? mistake)
    {
        mistake = null;
        double[] known = new double[lifetime.Length];
        List<string> wrong = [];
        int empty = 0;
        for (int j = 0; j < lifetime.Length; j++)
        {
            var cell = cells.Cell(line, lifetime[j]);
            empty += cell.Length == 0 ? 1 : 0;
            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out known[j]) || !double.IsFinite(known[j]))
                wrong.Add($"{CustomerPast.Named[j].Name}: this must be a finite number.");
        }
        if (empty == lifetime.Length)
            return null;
        var past = wrong.Count > 0 ? null : CustomerPast.Of(customer ?? "", cutoff, known, (field, reason) => wrong.Add($"{CustomerPast.Named[field].Name}: {reason}"));
        if (past is null)
            mistake = string.Join(" ", wrong);
        return past;
    }
}

/// <summary>Rows of customers that the model's run assigned.</summary>
internal sealed class CustomerRows(TableShape shape, ServedModel model) : RowForm
{
    private readonly TableCells cells = new(shape);
    private readonly int customer = shape.Headers.ToList().IndexOf(TableShape.CustomerColumn(shape.Headers, model)!);

    public override void Read(RecordBlock block, AskedRows into)
    {
        foreach (var record in block.Records)
        {
            if (cells.Divide(block, record, out var line) is not RowFault.None and var fault)
            {
                into.SetAside(record, block.Bytes, fault);
                continue;
            }
            string id = Encoding.UTF8.GetString(OrderText.Customer(cells.Cell(line, customer)));
            if (model.Customers.Find(id) is { } known)
            {
                Predictions.AskedCustomer.FromRun(model, known, into.Next());
                into.Customers.Add(new(record, null, id, known, null));
            }
            else
                into.SetAside(record, block.Bytes, "row/unknown-customer", "The model's run did not assign such a customer. Send orders or features instead.");
        }
    }
}

internal static class RowFaultsAside
{
    public static void SetAside(this AskedRows rows, in Record record, ReadOnlySpan<byte> text, RowFault fault)
    {
        var (kind, reason, remedy) = record.IsTooLong ? ("row/too-long", $"The row is longer than {RecordReader.Longest >> 20} MiB.", "Look for a quote or a line end that is missing.") : fault.Words();
        rows.SetAside(record, text, kind, $"{reason} {remedy}");
    }
}
