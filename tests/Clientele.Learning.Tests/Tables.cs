using System.Globalization;

namespace Clientele.Learning.Tests;

/// <summary>Numeric columns and labels of the shared data sets.</summary>
internal static class Tables
{
    public static Table Iris => Labelled("iris.csv");
    public static Table Wine => Labelled("wine.csv");
    public static Table BreastCancer => Labelled("wdbc.csv");
    public static Table Digits => Labelled("optdigits.csv");
    public static Matrix January => Read(["attributes", "dtc_jan.csv"]).Take([.. Enumerable.Range(1, 10)]);
    public static Matrix EcommerceComponents => Read(["published", "ecommerce_pca_4067x6.csv"]).Take([.. Enumerable.Range(1, 6)]);
    public static Csv Customers => Read(["published", "clustered_data.csv"]);

    /// <summary>z-scores with the population standard deviation.</summary>
    public static Matrix Standardised(this Matrix rows) => StandardScaler.Fit(rows).Transform(rows);

    public static Table Labelled(string file)
    {
        var csv = Read(["clustering", file]);
        int last = csv.Header.Length - 1;
        return new(csv.Take([.. Enumerable.Range(0, last)]), [.. csv.Lines.Select(line => int.Parse(line[last], CultureInfo.InvariantCulture))]);
    }

    private static Csv Read(string[] parts)
    {
        string[][] lines = [.. File.ReadLines(Clientele.Tests.TestData.File_(parts)).Where(line => line.Length > 0).Select(line => line.Split(','))];
        return new(lines[0], lines[1..]);
    }
}

internal sealed record Table(Matrix Rows, int[] Labels);

internal sealed record Csv(string[] Header, string[][] Lines)
{
    public Matrix Take(int[] columns) =>
        new(Lines.Length, columns.Length, [.. Lines.SelectMany(line => columns.Select(c => double.Parse(line[c], CultureInfo.InvariantCulture)))]);

    public Matrix Take(params string[] names) => Take([.. names.Select(name => Array.IndexOf(Header, name))]);
}
