namespace Clientele.Problems;

/// <summary>Something a person can put right: what is wrong, where, and what to do.</summary>
/// <param name="Kind">Part of the interface: <c>room/what</c>, as in <c>config/unknown-key</c>. <c>usage/*</c> exits with 2, all others with 1.</param>
/// <param name="What">What is wrong, in one sentence.</param>
/// <param name="Remedy">What to do about it, in one sentence.</param>
/// <param name="Where">The file, line and column, where there is one.</param>
public sealed record Problem(string Kind, string What, string Remedy, Place? Where = null)
{
    /// <summary>One line: place, what, remedy.</summary>
    public override string ToString() => Where is null ? $"{What} {Remedy}" : $"{Where}: {What} {Remedy}";
}
