using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>The k that each rule picks from the same evidence; 1: none, which an index alone cannot say.</summary>
internal static class Picks
{
    public static readonly IReadOnlyList<string> Rules = ["ours", "silhouette", "Davies–Bouldin", "Calinski–H.", "gap, PCA box", "gap, Gauss", "strength ≥ .8"];

    /// <summary>In the order of <see cref="Rules"/>.</summary>
    public static int[] Of(NaturalGroups found)
    {
        var known = found.Evidence.Where(at => double.IsFinite(at.Silhouette)).ToList();
        return
        [
            found.Clusters ?? 1,
            known.Count == 0 ? 1 : known.MaxBy(at => at.Silhouette)!.Clusters,
            known.Count == 0 ? 1 : known.MinBy(at => at.DaviesBouldin)!.Clusters,
            known.Count == 0 ? 1 : known.MaxBy(at => at.CalinskiHarabasz)!.Clusters,
            new GapCurve([.. found.Evidence.Select(at => at.GapUniform)], [.. found.Evidence.Select(at => at.GapUniformError)]).OneErrorPick(),
            new GapCurve([.. found.Evidence.Select(at => at.GapGaussian)], [.. found.Evidence.Select(at => at.GapGaussianError)]).OneErrorPick(),
            found.Votes[0].Clusters,
        ];
    }

    public static void Header(string what, int width) =>
        Console.WriteLine($"{what.PadRight(width)}{string.Concat(Rules.Select(rule => rule.PadLeft(15)))}");

    public static void Line(string what, int width, IEnumerable<string> cells) => Console.WriteLine($"{what.PadRight(width)}{string.Concat(cells.Select(cell => cell.PadLeft(15)))}");

    public static string Share(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
