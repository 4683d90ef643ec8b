using Clientele.Features;
using Clientele.Lifetime;
using Clientele.Problems;

namespace Clientele.Pipeline;

/// <param name="Folder">The run's own; <c>runs/latest-published</c> points to it.</param>
public sealed record PublishedModelResult(string Folder, PublishedFit Fit);

/// <summary>Learns system 002's model from the orders of a workspace: a run with that model and what it says, and nothing else.</summary>
public static class PublishedModelFit
{
    /// <exception cref="ProblemException"><c>lifetime/no-target</c>, <c>lifetime/no-money</c>, <c>lifetime/too-few</c>.</exception>
    public static async Task<PublishedModelResult> Execute(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var settings = options.SettingsOf(workspace);
        settings = settings with { Features = settings.Features with { Set = FeatureSets.Clv9Published.Name } };
        if (!PublishedModelStep.Applies(settings.Features))
            throw new ProblemException(new(
                "lifetime/no-target", $"{PublishedModel.Name} learns what customers of one day spent after it, and the workspace names no such days.",
                "Set 'as_of' and 'target_until' under 'features' in clientele.yaml, as 'clientele init DIR --preset clv-6m' does."));
        return (await WorkspaceRun.Execute(workspace, RunKinds.Published, settings, options, progress, clock, cancel)).ResultOrThrow();
    }

    internal static ProblemException TooFew => new(new(
        "lifetime/too-few", $"The snapshot holds fewer than {PublishedFit.LeastCustomers} customers; nine coefficients take as many.", "Give more orders, or a later 'as_of'."));
}
