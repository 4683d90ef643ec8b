namespace Clientele.Tracking;

/// <summary>Which runs to list, and how.</summary>
public sealed record RunQuery
{
    public RunFilter Filter { get; init; } = RunFilter.None;
    /// <summary>A metric or moment; runs without it are left out. Null: newest first.</summary>
    public RunField? Order { get; init; }
    /// <summary>Least first, where <see cref="Order"/> is set.</summary>
    public bool Ascending { get; init; }
    /// <summary>Runs that are part of another too.</summary>
    public bool Children { get; init; }
    /// <summary>Only runs that are part of this one; null: of any, or none.</summary>
    public string? Parent { get; init; }
    /// <summary>Metrics, params and tags to bring along.</summary>
    public IReadOnlyList<RunField> Show { get; init; } = [];
    public int Limit { get; init; } = 50;
    /// <summary>The <see cref="RunPage.Next"/> of the page before; null: the first page.</summary>
    public string? After { get; init; }
    /// <summary>A comparison that finds fewer runs than this in its index leads the search.</summary>
    internal int Few { get; init; } = 5_000;
}

/// <param name="Next">Leads to the next page; null: this is the last.</param>
public sealed record RunPage(IReadOnlyList<RunRow> Rows, string? Next);

/// <param name="Shown">Parallel to what was to be shown; null: the run does not have it. Metrics are doubles, all else texts.</param>
public sealed record RunRow(Run Run, IReadOnlyList<object?> Shown);
