using Clientele.Features;
using Clientele.Learning;
using Clientele.Models;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary><c>drift.json</c>: customers as they are, beside those that the model was learnt from, feature by feature.</summary>
/// <param name="Version">The model's number in the registry; null: the newest run's, which has none.</param>
/// <param name="Compared">False: the model does not hold the customers that it was learnt from.</param>
/// <param name="ReferenceDate">Of the model's customers.</param>
/// <param name="CurrentDate">Of those that were scored.</param>
/// <param name="ShareDrifted">Of the features, 0 … 1.</param>
/// <param name="Drifted">The share reaches what the settings say.</param>
public sealed record DriftReport(
    long? Version, bool Compared, DateOnly ReferenceDate, DateOnly CurrentDate, int ReferenceCustomers, int CurrentCustomers, double ShareDrifted, bool Drifted, IReadOnlyList<ColumnDrift> Columns)
{
    /// <summary>Compares every feature that the model knows customers by: numbers as numbers, categories as such.</summary>
    internal static DriftReport Of(ModelBundle bundle, long? version, FeatureTable customers, DriftSettings settings)
    {
        if (bundle.Reference is not { } reference)
            return new(version, false, bundle.ReferenceDate, customers.ReferenceDate, 0, customers.Customers.Count, 0, false, []);
        var options = new DriftOptions { ShareOfColumns = settings.Share, Significance = settings.Significance, Distance = settings.Distance };
        var current = bundle.Model.Known(customers);
        int numbers = bundle.Model.Space.Columns.Count;
        ColumnDrift[] columns =
        [
            .. bundle.Model.Space.Columns.Select((name, j) => Drift.Compare(name, Column(reference, j), Column(current, j), options)),
            .. bundle.Model.Categories.Select((name, j) => Drift.Compare(name, Words(reference, numbers + j), Words(current, numbers + j), options)),
        ];
        var table = Drift.Summarise(columns, options);
        return new(version, true, bundle.ReferenceDate, customers.ReferenceDate, reference.Rows, current.Rows, table.ShareDrifted, table.Drifted, table.Columns);
    }

    private static double[] Column(Matrix rows, int column) => [.. Enumerable.Range(0, rows.Rows).Select(row => rows[row, column])];

    private static string?[] Words(Matrix rows, int column) => [.. Column(rows, column).Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))];
}
