using System.Text.Json.Serialization;
using Clientele.Problems;
using Clientele.Server.Models;
using Clientele.Sources;

namespace Clientele.Server.Batches;

/// <summary>What the rows of a file are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RowKind>))]
internal enum RowKind
{
    /// <summary>A customer's features, by name.</summary>
    Features,
    /// <summary>An order line; a customer's lines may stand anywhere in the file.</summary>
    Orders,
    /// <summary>The id of a customer that the model's run assigned.</summary>
    Customers,
    /// <summary>An object as a request for one prediction has it.</summary>
    Json,
}

/// <summary>How records become customers to score. One reads one block at a time.</summary>
internal abstract class RowForm
{
    /// <summary>Reads the records of a block; each becomes (part of) a customer or is set aside.</summary>
    public abstract void Read(RecordBlock block, AskedRows into);
}

/// <summary>The columns of a CSV file, and what its rows are by them.</summary>
/// <param name="PassedOver">Names of columns that nothing is asked of.</param>
internal sealed record TableShape(char Delimiter, IReadOnlyList<string> Headers, RowKind Kind, IReadOnlyList<string> PassedOver)
{
    public static readonly string[] IdNames = ["id", "customer"];

    /// <summary>The column of customers' ids: <c>customer</c>, or what the workspace's own source calls it; null: there is none.</summary>
    public static string? CustomerColumn(IReadOnlyList<string> headers, ServedModel model) => headers.Contains("customer") ? "customer" : headers.FirstOrDefault(name => name == model.Recipe.Columns.Customer);

    /// <exception cref="ProblemException"><c>batches/*</c>: it is no table, or not one that can be scored.</exception>
    public static TableShape Of(string path, ServedModel model)
    {
        var shape = Shape(path);
        string[] doubled = [.. shape.Headers.CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key)];
        if (doubled.Length > 0)
            throw new ProblemException(BatchProblems.Columns($"The column '{doubled[0]}' stands in the header twice.", "Name every column once."));
        var features = model.Segments.Features;
        string[] missing = [.. features.Except(shape.Headers)];
        var orders = OrderColumns.Of(shape.Headers, model);
        RowKind kind = missing.Length == 0 ? RowKind.Features
            : orders is not null ? RowKind.Orders
            : CustomerColumn(shape.Headers, model) is not null && missing.Length == features.Count ? RowKind.Customers
            : throw new ProblemException(NoForm(shape.Headers, missing, features.Count));
        IEnumerable<string> asked = kind switch
        {
            RowKind.Features => [.. features, .. LifetimeColumns(shape.Headers, model) ?? [], shape.Headers.FirstOrDefault(name => name == "id") ?? "customer"],
            RowKind.Orders => orders!.Names,
            _ => [CustomerColumn(shape.Headers, model)!],
        };
        return new(shape.Delimiter, shape.Headers, kind, [.. shape.Headers.Except(asked)]);
    }

    /// <summary>Columns that tell the value of customers described by features; null: some are missing, or the model values nobody.</summary>
    public static IReadOnlyList<string>? LifetimeColumns(IReadOnlyList<string> headers, ServedModel model) =>
        model.Valuation is { } valuation && !valuation.Columns.Except(headers).Any() ? valuation.Columns : null;

    private static Problem NoForm(IReadOnlyList<string> headers, string[] missing, int features)
    {
        if (missing.Length == features)
            return BatchProblems.Columns("The header names neither features of the model, nor order lines, nor customers.",
                "Features are listed by GET /api/v1/model; order lines have customer, ordered_at and what the model's source had; or a column customer alone.");
        string near = string.Join(" ", missing.Select(name => Nearest.To(name, headers) is { } header ? $"Is '{header}' meant for '{name}'?" : null).OfType<string>());
        return BatchProblems.Columns($"These features of the model are missing: {string.Join(", ", missing)}.", near.Length > 0 ? near : "Add them; GET /api/v1/model says what they are.");
    }

    private static CsvShape Shape(string path)
    {
        try
        {
            var file = SourceFile.Open(path);
            return file is { IsGzip: false, Kind: FileKind.Text } ? CsvShape.Of(file, null) : throw new ProblemException(BatchProblems.Text("The file is no plain text."));
        }
        catch (ProblemException wrong) when (wrong.Problem.Kind == "source/empty")
        {
            throw new ProblemException(BatchProblems.Empty, wrong);
        }
        catch (ProblemException wrong) when (wrong.Problem.Kind == "source/unreadable")
        {
            throw new ProblemException(BatchProblems.Text("The file is no plain text."), wrong);
        }
        catch (ProblemException wrong) when (wrong.Problem.Kind == "source/other-kind")
        {
            throw new ProblemException(BatchProblems.Text(wrong.Problem.What), wrong);
        }
    }
}
