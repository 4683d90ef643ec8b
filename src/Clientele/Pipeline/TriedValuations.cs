using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>What a run's contest over lifetime values left in the store.</summary>
/// <param name="Chosen">The model whose mean forecast is used; null: there was no contest.</param>
/// <param name="Errors">√ mean squared error of every model that was tried, mean over cut-offs.</param>
internal sealed record TriedValuations(string? Chosen, IReadOnlyDictionary<string, double> Errors)
{
    /// <summary>Of a run and its parts; nothing, of one that is not in this store.</summary>
    public static async Task<TriedValuations> Of(Runs runs, RunDetails? run, CancellationToken cancel)
    {
        string? chosen = null;
        var errors = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string id in run?.Children ?? [])
        {
            var part = await runs.Details(id, cancel);
            if (part.Run.Kind != RunParts.Contest || !part.Params.TryGetValue("model", out string? model))
                continue;
            if (part.Tags.GetValueOrDefault("chosen", "").Split(", ").Contains("mean"))
                chosen = model;
            if (await runs.History(id, "rmse", cancel) is { Count: > 0 } points)
                errors[model] = points.Average(point => point.Value);
        }
        return new(chosen, errors);
    }

    /// <summary>
    /// How much larger another run's choice errs than this run's own where both were tried here: on the same customers, at the same cut-offs, learning from the same past. Null: one of them was not.
    /// </summary>
    public double? Beside(TriedValuations other) =>
        other.Chosen is { } theirs && Chosen is { } ours && Errors.TryGetValue(theirs, out double of) && Errors.TryGetValue(ours, out double beside) && beside > 0 ? of / beside : null;
}
