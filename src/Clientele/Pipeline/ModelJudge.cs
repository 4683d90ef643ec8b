using System.Globalization;
using Clientele.Features;
using Clientele.Learning;
using Clientele.Models;
using Clientele.Problems;
using Clientele.Registry;
using Clientele.Segments;
using Clientele.Settings;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>Judges whether a version may follow the champion: both assign the customers that the challenger's run wrote down, and the gates compare.</summary>
internal static class ModelJudge
{
    // From here on a silhouette is of every second, third … customer: pairs grow with the square.
    private const int MostCompared = 10_000;
    // Columns of segments.csv before the features.
    private const int Assigned = 6;

    /// <exception cref="ProblemException"><c>models/no-preview</c>: the challenger's run left no <c>segments.csv</c>. <c>models/other-features</c>: the champion was made from features that it does not hold.</exception>
    public static async Task<Judgement> Judge(WorkspaceStore store, ModelVersion champion, ModelVersion challenger, GateSettings gates, CancellationToken cancel = default)
    {
        var (before, after) = (await Load(store, champion, cancel), await Load(store, challenger, cancel));
        var customers = await Customers(store, challenger, after, cancel);
        if (before.Model.Space.Columns.Concat(before.Model.Categories).Except(customers.Columns.Select(column => column.Name)).FirstOrDefault() is { } missing)
            throw new ProblemException(new("models/other-features", $"The champion knows customers by '{missing}', which the challenger's run does not hold: they cannot be compared on the same data.", "If the change is meant, force it: that stands in the audit, with your reason."));
        var (was, becomes) = (before.Model.Assign(customers, threads: 0).Labels, after.Model.Assign(customers, threads: 0).Labels);
        var (silhouetteBefore, silhouetteAfter) = Silhouettes(customers, before.Model, after.Model, was, becomes, cancel);
        var moves = SegmentMoves.From(Personas(customers, was, before), Personas(customers, becomes, after));
        var (ranBefore, ranAfter) = (await Run(store, champion, cancel), await Run(store, challenger, cancel));
        var figuresAfter = Figures(ranAfter, silhouetteAfter, becomes);
        var figuresBefore = Figures(ranBefore, silhouetteBefore, was);
        // On the challenger's past where its run tried the champion's way of valuing too; else what the champion's run measured on its own.
        var (tried, triedBefore) = (await TriedValuations.Of(store.Runs, ranAfter, cancel), await TriedValuations.Of(store.Runs, ranBefore, cancel));
        figuresBefore = figuresBefore with { ClvError = figuresAfter.ClvError * tried.Beside(triedBefore) ?? figuresBefore.ClvError };
        return Judgement.Of(champion.Version, challenger.Version, figuresBefore, figuresAfter, moves, gates);
    }

    private static ModelFigures Figures(RunDetails? run, double? silhouette, IReadOnlyList<int> labels)
    {
        return new(silhouette, Metric("least_jaccard"), Metric("clv_error"), (double)labels.GroupBy(label => label).Min(segment => segment.Count()) / labels.Count);

        double? Metric(string name) => run?.Metrics.FirstOrDefault(metric => metric.Key == name)?.Value is { } value && double.IsFinite(value) ? value : null;
    }

    private static async Task<ModelBundle> Load(WorkspaceStore store, ModelVersion version, CancellationToken cancel) => ModelBundle.Load(await store.Models.Files(version, store.Bundles, cancel));

    // Null, of a bundle whose run is not in this store.
    private static async Task<RunDetails?> Run(WorkspaceStore store, ModelVersion version, CancellationToken cancel)
    {
        try
        {
            return await store.Runs.Details(version.Run, cancel);
        }
        catch (ProblemException elsewhere) when (elsewhere.Problem.Kind == "runs/unknown")
        {
            return null;
        }
    }

    // Each labeling in the space of either model, so that neither judges by its own measure alone.
    private static (double? Before, double? After) Silhouettes(FeatureTable customers, SegmentModel before, SegmentModel after, IReadOnlyList<int> was, IReadOnlyList<int> becomes, CancellationToken cancel)
    {
        int every = (customers.Values.Rows + MostCompared - 1) / MostCompared;
        int[] some = [.. Enumerable.Range(0, customers.Values.Rows).Where(row => row % every == 0)];
        int[][] labels = [.. ((IReadOnlyList<int>[])[was, becomes]).Select(all => some.Select(row => all[row]).ToArray())];
        bool[] can = [.. labels.Select(each => each.Distinct().Count() > 1)];
        int[][] scored = [.. labels.Where((_, which) => can[which]).Select(Dense)];
        if (scored.Length == 0)
            return (null, null);
        var sums = new double[scored.Length];
        foreach (var space in (CustomerSpace[])[before.Space, after.Space])
        {
            var rows = space.Place(SegmentModel.Raw(customers, space.Columns));
            var compared = new Matrix(some.Length, rows.Columns);
            for (int i = 0; i < some.Length; i++)
                rows.Row(some[i]).CopyTo(compared.Row(i));
            var scores = Silhouette.Score(compared, scored, cancel: cancel);
            for (int which = 0; which < sums.Length; which++)
                sums[which] += scores[which].Mean / 2;
        }
        return (can[0] ? sums[0] : null, can[1] ? sums[^1] : null);
    }

    // Numbers without a gap, whoever is missing.
    private static int[] Dense(int[] labels)
    {
        var numbers = labels.Distinct().Order().Select((label, number) => (label, number)).ToDictionary(each => each.label, each => each.number);
        return [.. labels.Select(label => numbers[label])];
    }

    private static Dictionary<string, string> Personas(FeatureTable customers, IReadOnlyList<int> labels, ModelBundle bundle) =>
        customers.Customers.Zip(labels).ToDictionary(pair => pair.First, pair => bundle.Segments[pair.Second].Persona, StringComparer.Ordinal);

    // The features of the run's customers, as it wrote them down.
    private static async Task<FeatureTable> Customers(WorkspaceStore store, ModelVersion version, ModelBundle bundle, CancellationToken cancel)
    {
        var records = await ModelPreview.Segments(store, version, cancel);
        var known = FeatureSets.Named(bundle.Settings.Features.Set).Columns.Select(column => column.Feature).ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        var columns = records[0].Skip(Assigned).Select((name, at) => (Feature: known.GetValueOrDefault(name), At: at + Assigned)).Where(column => column.Feature is not null).ToList();
        var values = new Matrix(records.Count - 1, columns.Count);
        for (int i = 1; i < records.Count; i++)
            for (int j = 0; j < columns.Count; j++)
                values[i - 1, j] = double.Parse(records[i][columns[j].At], CultureInfo.InvariantCulture);
        string[] customers = [.. records.Skip(1).Select(record => record[0])];
        return new(bundle.ReferenceDate, [.. columns.Select(column => column.Feature!)], [], customers, values, new decimal[customers.Length], null);
    }
}
