using System.Globalization;
using System.IO.Compression;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>A set of data/clustering: numeric columns, the label last.</summary>
internal sealed record LabelledTable(string Name, Matrix Rows, int[] Labels)
{
    private static readonly HashSet<string> Measured = ["ecoli", "ionosphere", "iris", "optdigits", "seeds", "sonar", "vehicle", "wdbc", "wine", "yeast"];

    public int Clusters { get; } = Labels.Distinct().Count();

    /// <summary>Its labels are classes of real things, which need not be clusters.</summary>
    public bool IsReal => Measured.Contains(Name);

    /// <param name="part">Names with commas between them; null: all.</param>
    public static IEnumerable<LabelledTable> All(string? part) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(Checkout.Data("clustering", "iris.csv"))!).Order(StringComparer.Ordinal)
            .Where(file => part is null || part.Split(',').Contains(Stem(file)))
            .Select(Read);

    private static LabelledTable Read(string file)
    {
        using Stream stored = File.OpenRead(file), plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stored, CompressionMode.Decompress) : stored;
        using var text = new StreamReader(plain);
        int columns = text.ReadLine()!.Split(',').Length - 1;
        string[][] lines = [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        double[] values = [.. lines.SelectMany(line => line[..columns].Select(value => double.Parse(value, CultureInfo.InvariantCulture)))];
        string[] names = [.. lines.Select(line => line[columns]).Distinct()];
        return new(Stem(file), new(lines.Length, columns, values), [.. lines.Select(line => Array.IndexOf(names, line[columns]))]);
    }

    private static string Stem(string file) => Path.GetFileName(file).Split('.')[0];
}
