using System.Text.Json.Serialization;
using Clientele.Problems;

namespace Clientele.Server.Batches;

/// <summary>What was asked for. It never changes.</summary>
/// <param name="Id">128 random bits: who does not know it does not guess it.</param>
/// <param name="CreatedBy">The key's name and id.</param>
/// <param name="Source">The path in the batch folder; null: uploaded.</param>
/// <param name="AsOf">Reference date of order lines; null: the later of the model's and the day of the file's last line.</param>
/// <param name="ModelVersion">That answers, whoever is champion by then.</param>
/// <param name="Bytes">Of the input.</param>
internal sealed record BatchOrder(string Id, DateTimeOffset CreatedAt, string CreatedBy, BatchFormat Format, string? Source, DateOnly? AsOf, string Model, long ModelVersion, long Bytes);

/// <summary>Where a job stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchState>))]
internal enum BatchState
{
    Waiting,
    Running,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>What became of a job so far: written aside and renamed each time, so whoever looks sees one that holds together.</summary>
/// <param name="Kind">What its rows are; null: nobody has looked yet.</param>
/// <param name="PassedOver">Columns that nothing was asked of.</param>
/// <param name="Progress">Null: it has not begun.</param>
/// <param name="Problem">Why it failed.</param>
internal sealed record BatchStanding(BatchState State, RowKind? Kind, IReadOnlyList<string> PassedOver, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, BatchProgress? Progress, Problem? Problem)
{
    public static BatchStanding New { get; } = new(BatchState.Waiting, null, [], null, null, null, null);

    [JsonIgnore]
    public bool HasEnded => State is BatchState.Completed or BatchState.Failed or BatchState.Cancelled;
}

/// <param name="IsToEnd">It was cancelled, and is still at work.</param>
internal sealed record BatchJob(BatchOrder Order, BatchStanding Standing, bool IsToEnd);
