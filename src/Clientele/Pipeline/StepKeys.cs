using Clientele.Artifacts;

namespace Clientele.Pipeline;

/// <summary>The keys of a run's steps, each from its own parts and the keys of the steps it reads from.</summary>
internal sealed class StepKeys(StepCache cache, ObjectStore objects)
{
    private readonly Dictionary<string, Task<StepKey>> keys = [];

    /// <summary>To be asked in the order of the steps.</summary>
    public Task<StepKey> Of(IStep step)
    {
        if (!keys.TryGetValue(step.Name, out var key))
            keys[step.Name] = key = Make(step);
        return key;
    }

    /// <summary>What a step left when it was done before with the same of everything, or null.</summary>
    public async Task<StepManifest?> Known(IStep step)
    {
        // Who cannot be in the cache whatever its files hold need not wait for their digests.
        if (!step.Inputs.IsCompleted && !cache.Of(step.Name).Any(StepKey.Of(step, null, await Before(step)).MayBe))
            return null;
        var key = await Of(step);
        return cache.Find(step.Name, key.Digest) is { } known && step.Takes(known, objects) ? known : null;
    }

    private async Task<StepKey> Make(IStep step) => StepKey.Of(step, await step.Inputs, await Before(step));

    private async Task<IReadOnlyDictionary<string, string>> Before(IStep step)
    {
        var before = new Dictionary<string, string>();
        foreach (string name in step.After)
            before[name] = (await keys[name]).Digest;
        return before;
    }
}
