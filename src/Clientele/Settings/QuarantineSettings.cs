namespace Clientele.Settings;

/// <summary>What happens to rows that cannot be read.</summary>
public sealed record QuarantineSettings
{
    /// <summary>True: the first bad row ends the run. False: bad rows go to <c>quarantine.csv</c> and the good ones go on.</summary>
    public bool StopOnError { get; init; }
    /// <summary>More bad rows than this end the run; null: no limit.</summary>
    public long? RejectLimit { get; init; }
    /// <summary>How many bad rows a run can do with.</summary>
    internal long MostBadRows => StopOnError ? 0 : RejectLimit ?? long.MaxValue;
}
