using Clientele.Artifacts;

namespace Clientele.Pipeline;

/// <summary>A part of a run. What it leaves depends on what stands here and on nothing else; so it is done once for the same of everything.</summary>
internal interface IStep
{
    string Name { get; }
    /// <summary>Steps whose artifacts it may read.</summary>
    IReadOnlyList<string> After { get; }
    /// <summary>The settings that its artifacts depend on, and no others.</summary>
    object Settings { get; }
    /// <summary>Files outside of the workspace's artifacts that it reads: digests by name.</summary>
    Task<IReadOnlyDictionary<string, string>> Inputs => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());
    /// <summary>False: the earlier result is not to be taken although its key is the same.</summary>
    bool Takes(StepManifest earlier, ObjectStore objects) => true;

    /// <returns>What came of it, for people.</returns>
    Task<string> Run(StepContext run, CancellationToken cancel);
}
