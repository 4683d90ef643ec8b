using System.Globalization;
using System.IO.Compression;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>A set of data/clustering: numeric columns, the label last.</summary>
internal sealed record LabelledTable(string Name, Matrix Rows, int[] Labels)
{
    public int Clusters { get; } = Labels.Distinct().Count();

    public static LabelledTable Read(string file)
    {
        using Stream stored = File.OpenRead(file), plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stored, CompressionMode.Decompress) : stored;
        using var text = new StreamReader(plain);
        int columns = text.ReadLine()!.Split(',').Length - 1;
        string[][] lines = [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        double[] values = [.. lines.SelectMany(line => line[..columns].Select(value => double.Parse(value, CultureInfo.InvariantCulture)))];
        string[] names = [.. lines.Select(line => line[columns]).Distinct()];
        return new(Path.GetFileName(file).Split('.')[0], new(lines.Length, columns, values), [.. lines.Select(line => Array.IndexOf(names, line[columns]))]);
    }
}
