namespace Clientele.Learning;

/// <summary>One column, compared. Plain data.</summary>
/// <param name="Test">Null: one of the samples has no value, nothing was compared.</param>
/// <param name="Statistic">D, χ², z or the distance; null where χ² is infinite (a value that the reference never had) or nothing was compared.</param>
/// <param name="PValue">Of a test; null for a distance.</param>
/// <param name="AdjustedPValue">Adjusted for the tests of a table; null for a column alone.</param>
/// <param name="Threshold">Of p or of the distance.</param>
/// <param name="Drifted">By the adjusted p-value where there is one, else by the p-value or the distance.</param>
/// <param name="Reference">Values compared, and those left out as missing or infinite.</param>
/// <param name="Current">Values compared, and those left out as missing or infinite.</param>
public sealed record ColumnDrift(
    string Name, ColumnKind Kind, DriftTest? Test, double? Statistic, double? PValue, double? AdjustedPValue, double Threshold, bool Drifted,
    SampleSize Reference, SampleSize Current);

/// <param name="Values">That were compared.</param>
/// <param name="Missing">Null, NaN or infinite: left out. More missing values are not drift here; compare the two shares.</param>
public sealed record SampleSize(int Values, int Missing);

/// <summary>All columns of a table, compared. Plain data; one verdict.</summary>
/// <param name="Columns">In the order given.</param>
/// <param name="ShareDrifted">Of the columns that could be compared, 0 … 1; 0 when there is none.</param>
/// <param name="Drifted">The share reaches the threshold.</param>
public sealed record TableDrift(IReadOnlyList<ColumnDrift> Columns, double ShareDrifted, bool Drifted);
