using System.Globalization;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Models;
using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>Answers of system 002's model to rows of its nine columns.</summary>
/// <param name="Customers">n; null where the file names none.</param>
/// <param name="Spend">n, ≥ 0, spend of six months.</param>
public sealed record PublishedPrediction(IReadOnlyList<string>? Customers, IReadOnlyList<double> Spend)
{
    private const string Customer = "customer";

    /// <param name="file">CSV: a header with the nine columns in any order, <c>customer</c> if wanted, and others that are passed over; numbers as 1234.5.</param>
    /// <exception cref="ProblemException"><c>models/missing</c>; <c>lifetime/features-file</c>: it cannot be read, with its place.</exception>
    public static PublishedPrediction Of(string workspace, string file)
    {
        var model = PublishedBundle.Load(Path.Combine(workspace, "runs", RunFolder.LatestPublished, "model")).Model;
        string[] lines = Lines(file), header = [.. (lines.FirstOrDefault() ?? "").TrimStart('\uFEFF').Split(',').Select(name => name.Trim())];
        int[] columns = [.. PublishedModel.Columns.Select(name => Array.IndexOf(header, name))];
        if (Array.IndexOf(columns, -1) is >= 0 and var missing)
            throw Wrong(file, 1, $"There is no column '{PublishedModel.Columns[missing]}'.");
        int customer = Array.IndexOf(header, Customer);
        var customers = new List<string>();
        var values = new List<double>();
        foreach (var (index, line) in lines.Index().Skip(1).Where(line => line.Item.Length > 0))
        {
            string[] cells = line.Split(',');
            if (cells.Length != header.Length)
                throw Wrong(file, index + 1, $"{cells.Length} cells where the header has {header.Length}.");
            foreach (int column in columns)
                values.Add(double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                    ? value
                    : throw Wrong(file, index + 1, $"'{cells[column]}' in column '{header[column]}' is no number."));
            customers.Add(customer < 0 ? "" : cells[customer]);
        }
        return new(customer < 0 ? null : customers, model.Predict(new Matrix(customers.Count, columns.Length, [.. values])));
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new("lifetime/features-file", $"{file} cannot be read: {denied.Message}", "Give the path of a CSV file."), denied);
        }
    }

    private static ProblemException Wrong(string file, int line, string what) => new(new(
        "lifetime/features-file", what, $"The file needs the columns {string.Join(", ", PublishedModel.Columns)}, and a number in each.", new(file, line)));
}
