using System.Data.Common;
using Clientele.Storage;

namespace Clientele.Alerts;

/// <summary>A run that found drift, and for how long the runs before it had found it: from the same model, none between them without it.</summary>
/// <param name="Model">Digest of the model that customers drifted from.</param>
/// <param name="Share">Of the features that drifted in this run, 0 … 1.</param>
/// <param name="First">The run that found it first.</param>
/// <param name="Began">When that ended.</param>
/// <param name="Level">How bad it has been since then, in quarters of the features: 0 … <see cref="Levels"/>.</param>
internal sealed record DriftSpell(string Run, DateTimeOffset At, string Model, double Share, string First, DateTimeOffset Began, int Level)
{
    public const int Levels = 4;

    private const string Scored =
        """
        FROM run_metrics d JOIN runs r ON r.number = d.run JOIN experiments e ON e.number = r.experiment
        JOIN run_metrics s ON s.run = r.number AND s.key = 'drift_share' JOIN run_params p ON p.run = r.number AND p.key = 'model_digest'
        WHERE d.key = 'drifted' AND e.name = @shop AND r.state = 'Completed' AND r.parent IS NULL
        """;

    /// <summary>Of the runs that have found drift since a moment, the first first.</summary>
    public static async Task<IReadOnlyList<DriftSpell>> EndedSince(StoreSession session, string shop, long since)
    {
        var spells = new List<DriftSpell>();
        foreach (var found in await session.Rows($"SELECT r.id, r.ended_at, s.value, p.value {Scored} AND d.value = 1 AND r.ended_at >= @since ORDER BY r.ended_at, r.number", Read, ("shop", shop), ("since", since)))
        {
            // Only what ended before counts, so that a run that ends later changes nothing of what was told.
            long? without = await session.Number($"SELECT r.number {Scored} AND d.value = 0 AND p.value = @model AND r.ended_at < @at ORDER BY d.run DESC LIMIT 1",
                ("shop", shop), ("model", found.Model), ("at", found.At.ToUnixTimeMilliseconds()));
            var spell = await session.Rows($"SELECT r.id, r.ended_at, s.value, p.value {Scored} AND d.value = 1 AND d.run > @without AND p.value = @model AND r.ended_at <= @at ORDER BY r.ended_at, r.number", Read,
                ("shop", shop), ("without", without ?? 0), ("model", found.Model), ("at", found.At.ToUnixTimeMilliseconds()));
            spells.Add(new(found.Run, found.At, found.Model, found.Share, spell[0].Run, spell[0].At, spell.Max(each => LevelOf(each.Share))));
        }
        return spells;
    }

    private static int LevelOf(double share) => (int)(share * Levels);

    private static (string Run, DateTimeOffset At, double Share, string Model) Read(DbDataReader row) => (row.GetString(0), row.Moment(1), row.Measured(2), row.GetString(3));
}
