using System.Runtime.ExceptionServices;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>How a run ended.</summary>
/// <param name="Id">Null: it could not be entered into the store.</param>
/// <param name="Failure">Null: it is completed.</param>
/// <param name="Result">Null: it is not.</param>
internal sealed record RunEnd<T>(string? Id, RunState State, Exception? Failure, T? Result) where T : class
{
    /// <summary>What a person should know that went otherwise than wanted after it was over; null: nothing.</summary>
    public string? Notice { get; init; }

    public T ResultOrThrow()
    {
        if (Failure is not null)
            ExceptionDispatchInfo.Throw(Failure);
        return Result!;
    }
}
