using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Compares models on the same cut-offs by all four figures, with the uncertainty of each difference.</summary>
/// <param name="cutoffs">Snapshots with targets, and what each model said of them.</param>
public sealed class ContestVerdicts(IReadOnlyList<(LifetimeSnapshot Snapshot, IReadOnlyDictionary<string, Forecast> Said)> cutoffs, ulong seed = 42, int threads = 0)
{
    private const int Resamples = 500;

    private readonly Dictionary<(ContestFigure, string), CutoffFigure[]> figures = [];
    private readonly int[][] numbers = Numbers(cutoffs);

    /// <summary>The model against the best of the rivals by each figure, and against each of <paramref name="also"/>.</summary>
    /// <param name="model">Whose forecast a figure judges.</param>
    /// <param name="baselines">At least one.</param>
    /// <param name="also">Named whatever their figures are.</param>
    public IReadOnlyList<ContestVerdict> Of(Func<ContestFigure, string> model, IReadOnlyList<string> baselines, IReadOnlyList<string> also, CancellationToken cancel = default) =>
    [
        .. from figure in Enum.GetValues<ContestFigure>()
           let best = figure is ContestFigure.Rmse or ContestFigure.MedianAbsolute
               ? baselines.MinBy(name => Value(figure, name)) : baselines.MaxBy(name => Value(figure, name))
           from rival in also.Prepend(best).Distinct()
           where rival != model(figure)
           select Compare(figure, model(figure), rival, cancel),
    ];

    private ContestVerdict Compare(ContestFigure figure, string model, string rival, CancellationToken cancel)
    {
        var (first, second) = (Figures(figure, rival), Figures(figure, model));
        int customers = numbers.Max(of => of.DefaultIfEmpty(-1).Max()) + 1;
        var difference = PairedComparison.OfWeights(
            customers, weights => Mean(second, weights) - Mean(first, weights), new() { Seed = seed, Threads = threads, Resamples = Resamples }, cancel);
        return new(figure, model, rival, Value(figure, model), Value(figure, rival), difference);
    }

    private double Value(ContestFigure figure, string model) => Figures(figure, model).Average(of => of.Of(null));

    private double Mean(CutoffFigure[] of, int[] weights) => of.Select((at, i) => at.Of([.. numbers[i].Select(customer => weights[customer])])).Average();

    private CutoffFigure[] Figures(ContestFigure figure, string model) => figures.TryGetValue((figure, model), out var known)
        ? known
        : figures[(figure, model)] = [.. cutoffs.Select(at => CutoffFigure.Of(figure, at.Snapshot.Spend(), at.Said[model]))];

    // The same customer has the same number at every cut-off.
    private static int[][] Numbers(IReadOnlyList<(LifetimeSnapshot Snapshot, IReadOnlyDictionary<string, Forecast> Said)> cutoffs)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. cutoffs.Select(at => at.Snapshot.Customers.Select(customer => known.TryGetValue(customer, out int number) ? number : known[customer] = known.Count).ToArray())];
    }
}
