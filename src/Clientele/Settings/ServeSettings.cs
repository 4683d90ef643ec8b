namespace Clientele.Settings;

/// <summary>How much the service takes, and from whom. What it is set to is no part of a model.</summary>
public sealed record ServeSettings
{
    /// <summary>Names by which others reach the service, besides <c>localhost</c>, addresses and the names it listens at. Requests for another name are refused: a page from elsewhere could have sent them.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
    /// <summary>Largest body of a request, MiB.</summary>
    public int MaxBodyMib { get; init; } = 16;
    /// <summary>How long a body may take to arrive.</summary>
    public int BodySeconds { get; init; } = 30;
    /// <summary>How long a request may wait for what the service waits for, such as a store that does not answer.</summary>
    public int AnswerSeconds { get; init; } = 60;
    /// <summary>How long the service goes on answering, not ready any more, once it was told to stop: time for who balances the load to send requests elsewhere.</summary>
    public int LeaveSeconds { get; init; } = 2;
    /// <summary>How far the scheduler beside the service, and its runs, yield the processors to it and to others, 0 … 19: 0 not at all. Null, in the file <c>idle</c>: they have only what nobody else wants.</summary>
    public int? SchedulerNice { get; init; } = 10;
    /// <summary>Of one key; twice as many may come at once after a pause. 0: no limit.</summary>
    public int RequestsPerSecond { get; init; } = 1_000;
    /// <summary>Of one key, or of all callers while there is no key.</summary>
    public int RequestsAtOnce { get; init; } = 256;
    /// <summary>Share of predictions whose model version, input hash and answer are logged, 0 … 1.</summary>
    public double LogShare { get; init; } = 0.1;
    /// <summary>Days after which a day's log goes.</summary>
    public int LogDays { get; init; } = 30;
    /// <summary>Most that is logged on one day, MiB.</summary>
    public int LogMib { get; init; } = 256;
    /// <summary>Who answers some customers in the champion's place. Read again while the service is at work.</summary>
    public CanarySettings Canary { get; init; } = new();
    /// <summary>The name of the version that reckons what the champion answered, to be compared, and answers nobody; null: there is none. Read again while the service is at work.</summary>
    public string? Shadow { get; init; }
    /// <summary>Folder of files that batches may point to, from the workspace; null: they may point to none.</summary>
    public string? BatchFolder { get; init; }
    /// <summary>Largest file of a batch, MiB.</summary>
    public int BatchMib { get; init; } = 1_024;
    /// <summary>Most rows of a batch.</summary>
    public long BatchRows { get; init; } = 50_000_000;
    /// <summary>Batches that may wait or be at work.</summary>
    public int BatchWaiting { get; init; } = 16;
    /// <summary>Days after its end that a batch goes, its files with it.</summary>
    public int BatchDays { get; init; } = 7;
}
