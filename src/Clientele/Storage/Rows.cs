using System.Data.Common;

namespace Clientele.Storage;

/// <summary>Cells as our records have them.</summary>
internal static class Rows
{
    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Moment(this DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? MomentOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Moment(column);

    /// <summary>A measured number; NULL is NaN, which SQLite cannot keep.</summary>
    public static double Measured(this DbDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    public static object? OrNull(double value) => double.IsNaN(value) ? null : value;
}
