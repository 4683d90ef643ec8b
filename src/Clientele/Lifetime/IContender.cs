namespace Clientele.Lifetime;

/// <summary>A way to value customers, entered in the contest.</summary>
public interface IContender
{
    /// <summary>As in tables and files.</summary>
    string Name { get; }

    /// <summary>A baseline must be beaten with significance, else it stays.</summary>
    bool IsBaseline { get; }

    /// <summary>Learns, and values the customers of <paramref name="now"/> without a look at its targets.</summary>
    /// <param name="past">Snapshots whose window was over at the cut-off of <paramref name="now"/>, ascending; at least one.</param>
    Forecast Value(IReadOnlyList<LifetimeSnapshot> past, LifetimeSnapshot now, CancellationToken cancel);
}
