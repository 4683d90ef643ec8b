using Clientele.Cleaning;
using Clientele.Problems;
using Clientele.Sources;

namespace Clientele.Features;

/// <summary>One customer's features from raw order lines, to the bit those that a run computes: read, cleaned and summed as the SQL of this room and its neighbours does.</summary>
/// <param name="ReferenceDate">As of when.</param>
/// <param name="Faults">Lines that could not be read, from 0, each with its first fault; they do not count.</param>
/// <param name="Kept">Lines that no rule removed; without any there are no values.</param>
/// <param name="Values">Parallel to <see cref="FeatureRecipe.Supported"/>, finite.</param>
/// <param name="Revenue">Exact sum of the kept lines' amounts.</param>
public sealed record CustomerOrders(DateOnly ReferenceDate, IReadOnlyList<(int Line, RowFault Fault)> Faults, int Kept, IReadOnlyList<double> Values, decimal Revenue)
{
    /// <summary>First day that is not known.</summary>
    public DateOnly Cutoff { get; private init; }
    /// <summary>The kept lines, in reading order.</summary>
    internal IReadOnlyList<TypedLine> Lines { get; private init; } = [];

    /// <param name="customer">Who ordered; not empty.</param>
    /// <param name="lines">In reading order: of duplicates the first stays, and the published gap of <c>retail_15_published</c> goes from the first to the last.</param>
    /// <param name="asOf">Lines on that day count, later ones do not. Null: all count, as of the later of the training's reference date and the day of the last kept line.</param>
    /// <exception cref="ProblemException"><c>features/too-large</c>.</exception>
    public static CustomerOrders Of(string customer, IReadOnlyList<OrderLine> lines, FeatureRecipe recipe, DateOnly? asOf = null) =>
        Of(customer, lines, recipe, asOf is { } day ? AsOf.EndOf(day) : null);

    internal static CustomerOrders Of(string customer, IReadOnlyList<OrderLine> lines, FeatureRecipe recipe, AsOf? asOf)
    {
        var (typed, faults) = Read(customer, lines, recipe);
        var kept = LineRules.Keep(typed, recipe.Cleaning, recipe.Fields.Money, asOf);
        if (kept.Count == 0)
            return new(asOf?.Reference ?? recipe.ReferenceDate, faults, 0, [], 0) { Cutoff = asOf?.LinesBefore ?? AsOf.EndOf(recipe.ReferenceDate).LinesBefore };
        var last = TypedLine.DateOf(kept.Max(line => line.Day));
        return Describe(kept, recipe, asOf ?? AsOf.EndOf(last > recipe.ReferenceDate ? last : recipe.ReferenceDate)) with { Faults = faults };
    }

    private static (List<TypedLine> Typed, List<(int Line, RowFault Fault)> Faults) Read(string customer, IReadOnlyList<OrderLine> lines, FeatureRecipe recipe)
    {
        var (typed, faults) = (new List<TypedLine>(lines.Count), new List<(int, RowFault)>());
        for (int i = 0; i < lines.Count; i++)
            if (TypedLine.Read(lines[i], customer, recipe.Columns, recipe.Cleaning.CancellationPrefix, out var line) is not RowFault.None and var fault)
                faults.Add((i, fault));
            else
                typed.Add(line);
        return (typed, faults);
    }

    private static CustomerOrders Describe(List<TypedLine> kept, FeatureRecipe recipe, AsOf asOf)
    {
        var set = FeatureSets.Named(recipe.Features.Set);
        string home = recipe.Features.HomeCountry ?? "";
        try
        {
            double[] all = set.Name switch
            {
                "retail_15" => RetailFromOrders.Of(kept, asOf, home),
                "retail_15_published" => RetailFromOrders.AsPublished(kept, asOf, home),
                "clv_9" => ClvFromOrders.Of(kept, asOf),
                _ => ClvFromOrders.AsPublished(kept, asOf),
            };
            double[] supported = [.. all.Where((_, column) => FeatureSet.ReasonAgainst(set.Columns[column].Needs, recipe.Fields) is null)];
            return new(asOf.Reference, [], kept.Count, supported, ExactMoney.ToDecimal(ExactMoney.Sum(kept))) { Cutoff = asOf.LinesBefore, Lines = kept };
        }
        catch (OverflowException overflow)
        {
            throw new ProblemException(FeatureSnapshot.TooLarge, overflow);
        }
    }
}
