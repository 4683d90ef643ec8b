using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>A named group of runs.</summary>
/// <param name="Runs">How many, parts of runs not counted.</param>
/// <param name="LatestAt">When the newest was made; null: there is none.</param>
public sealed record Experiment(string Name, DateTimeOffset CreatedAt, long Runs, DateTimeOffset? LatestAt);

/// <summary>The experiments of a store.</summary>
public sealed class Experiments(Store store)
{
    /// <summary>By name.</summary>
    public Task<IReadOnlyList<Experiment>> All(CancellationToken cancel = default) => store.Read(async session => (IReadOnlyList<Experiment>)await session.Rows(
        """
        SELECT e.name, e.created_at, COUNT(r.number), MAX(r.created_at)
        FROM experiments e LEFT JOIN runs r ON r.experiment = e.number AND r.parent IS NULL
        GROUP BY e.number, e.name, e.created_at ORDER BY e.name
        """, row => new Experiment(row.GetString(0), row.Moment(1), row.GetInt64(2), row.MomentOrNull(3))), cancel);

    /// <exception cref="ProblemException"><c>experiments/unknown</c>.</exception>
    public async Task<Experiment> Get(string name, CancellationToken cancel = default)
    {
        var all = await All(cancel);
        return all.FirstOrDefault(experiment => experiment.Name == name) ?? throw new ProblemException(new("experiments/unknown", $"There is no experiment '{name}' in the store.",
            Nearest.To(name, all.Select(experiment => experiment.Name)) is { } near ? $"Did you mean '{near}'?" : "List those there are: clientele experiments list."));
    }
}
