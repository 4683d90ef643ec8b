using Clientele.Settings;

namespace Clientele.Registry;

/// <summary>What one model is judged by.</summary>
/// <param name="Silhouette">Mean over the customers judged on, in the spaces of both models; null: fewer than two of its segments have customers there.</param>
/// <param name="Jaccard">Of its least stable segment, as its run measured on its own customers; null: it didn't.</param>
/// <param name="ClvError">Back-tested error of lifetime values over that of the best baseline, of both models' ways on the challenger's past; null: not measured.</param>
/// <param name="LeastShare">Of the customers judged on, in its smallest segment.</param>
public sealed record ModelFigures(double? Silhouette, double? Jaccard, double? ClvError, double LeastShare);

/// <summary>One thing that a challenger must keep.</summary>
/// <param name="Champion">Its figure; null: not measured.</param>
/// <param name="Limit">The least or most that <paramref name="Challenger"/> may be; null: there is nothing to compare.</param>
public sealed record Gate(string Name, double? Champion, double? Challenger, double? Limit, bool Passed);

/// <summary>A challenger beside the champion, on the challenger's customers.</summary>
/// <param name="Moves">What both models say of the same customers.</param>
public sealed record Judgement(long Champion, long Challenger, IReadOnlyList<Gate> Gates, SegmentMoves Moves)
{
    public bool Passed => Gates.All(gate => gate.Passed);

    /// <summary>A gate that a run did not measure is open, unless the champion's run did.</summary>
    public static Judgement Of(long champion, long challenger, ModelFigures before, ModelFigures after, SegmentMoves moves, GateSettings limits)
    {
        double moved = moves.Customers == 0 ? 0 : (double)moves.Moved / moves.Customers;
        return new(champion, challenger,
        [
            AtLeast("silhouette", before.Silhouette, after.Silhouette, before.Silhouette - limits.SilhouetteDrop),
            AtLeast("least jaccard", before.Jaccard, after.Jaccard, limits.LeastJaccard),
            AtMost("clv error", before.ClvError, after.ClvError, before.ClvError * (1 + limits.ClvErrorRise)),
            AtLeast("least share", before.LeastShare, after.LeastShare, limits.LeastShare),
            AtMost("moved", null, moved, limits.MostMoved),
        ], moves);
    }

    private static Gate AtLeast(string name, double? before, double? after, double? limit) => new(name, before, after, limit, IsOpen(before, after, limit) ?? after >= limit);

    private static Gate AtMost(string name, double? before, double? after, double? limit) => new(name, before, after, limit, IsOpen(before, after, limit) ?? after <= limit);

    // Null: there is something to compare.
    private static bool? IsOpen(double? before, double? after, double? limit) => after is null ? before is null : limit is null ? true : null;
}
