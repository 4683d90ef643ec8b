using System.Runtime.InteropServices;
using Clientele.Cleaning;
using Clientele.Features;
using Clientele.Models;
using Clientele.Personas;
using Clientele.Problems;
using Clientele.Segments;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>From orders to personas: every step of a workspace, and the folder of the run.</summary>
public static class TrainingRun
{
    /// <exception cref="ProblemException">Something that a person can put right; nothing of the run is left behind.</exception>
    public static async Task<RunResult> Execute(
        string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var settings = SettingsFile.Load(workspace);
        if (options.Seed is { } seed)
            settings = settings with { Seed = seed };
        var started = clock.GetUtcNow();
        var steps = new StepClock(progress);
        using var run = RunFolder.Create(workspace, started);

        steps.Begin("ingest");
        using var plain = PlainSources.Begin(workspace, settings, cancel);
        await using var engines = await EnginePair.Open(settings, options.Threads, cancel);
        var (source, ledger, home) = await OrderIntake.Read(engines, workspace, settings, plain, AsOf.Of(settings.Features), steps, cancel);
        await using (var quarantine = File.Create(run.PathOf("quarantine.csv")))
            await source.WriteQuarantine(engines.Reader, quarantine, cancel);
        steps.End($"{ledger.Read.Rows:N0} rows   {ledger.Kept.Rows:N0} kept   {ledger.Quarantined:N0} quarantined");
        var inputs = Task.Run(() => Digests.OfFiles(workspace, source.Files, cancel), cancel);

        steps.Begin("features");
        var asOf = AsOf.Of(settings.Features) ?? AsOf.EndOf(ledger.LastDay);
        var features = await FeatureSnapshot.Build(engines.Worker, settings.Features with { HomeCountry = home }, source.Fields, asOf, cancel);
        steps.End($"{features.Customers.Count:N0} customers   {features.Columns.Count} features");

        steps.Begin("segment");
        var released = engines.Worker.ReleaseMemory(cancel);        // the engine has nothing to do meanwhile, and kept what cleaning took
        var (segmentation, model) = Segmenter.Segment(features, settings, options.Threads, steps, cancel);
        await released;
        steps.End($"{segmentation.Clusters} segments");

        steps.Begin("personas");
        var (personas, hitRate) = await PersonaStep.Describe(engines.Worker, settings, source.Fields, ledger, segmentation, options.Threads, steps, cancel);
        steps.End(string.Join(", ", personas.Select(persona => persona.Name)));

        var lifetime = await Lifetime(engines, settings, source.Fields, ledger, asOf, segmentation, personas, options.Threads, steps, cancel);

        steps.Begin("write");
        await RunArtifacts.Write(run, engines, settings, source.Fields, ledger, segmentation, personas, hitRate, lifetime, cancel);
        new ModelBundle(settings, source.Fields, features.ReferenceDate, home, model, [.. personas.Select(persona => new BundledSegment(persona.Segment, persona.Name))]).Save(run.PathOf("model"));
        await Manifest.Write(run, settings, await inputs, cancel);
        steps.End(run.Final);
        RunJson.Write(run.PathOf(RunRecord.Name), new RunRecord(run.Id, started, clock.GetUtcNow(), options.Threads,
            new(RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount, RuntimeInformation.FrameworkDescription), steps.Seconds));
        run.Finish(lifetime is null ? [RunFolder.Latest] : [RunFolder.Latest, RunFolder.LatestLifetime]);
        return new(run.Id, run.Final, settings, ledger, segmentation, personas, hitRate, lifetime);
    }

    // Null: switched off, or the source has no money.
    private static async Task<LifetimeWork?> Lifetime(
        EnginePair engines, WorkspaceSettings settings, SourceFields fields, Ledger ledger, AsOf asOf, Segmentation segmentation, IReadOnlyList<Persona> personas,
        int threads, StepClock steps, CancellationToken cancel)
    {
        if (settings.Lifetime is not { } wanted || !fields.Money)
            return null;
        steps.Begin("lifetime");
        var work = await LifetimeWork.Learn(engines.Worker, wanted, settings.Seed, ledger, asOf, threads, steps, cancel);
        steps.End(work.Outcome);
        return work.With(segmentation.Features.Customers.Zip(segmentation.Labels, (customer, label) => (customer, personas[label].Name)), [.. personas.Select(persona => persona.Name)]);
    }
}
