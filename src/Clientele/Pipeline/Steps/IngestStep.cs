using Clientele.Artifacts;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>Reads the sources: order lines that can be read, and quarantine.</summary>
internal sealed class IngestStep(WorkspaceSettings settings, InputFiles files) : IStep
{
    public const string StepName = "ingest";

    /// <summary>The good lines, left when reading the sources again would take long.</summary>
    public const string Lines = "lines.native";

    public static readonly Artifact<SourceRead> Source = Artifact<SourceRead>.Json(StepName, "source.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [];
    /// <summary>How many bad rows are too many is not among them: that decides whether there is a result, not what it is.</summary>
    public object Settings => new { settings.Sources, settings.Columns, Cleaning = new { settings.Cleaning.CancellationPrefix } };
    public Task<IReadOnlyDictionary<string, string>> Inputs => files.Digests;

    public bool Takes(StepManifest earlier, ObjectStore objects)
    {
        using var file = File.OpenRead(objects.PathOf(earlier.Outputs[Source.Name]));
        return Source.Read(file).Quarantined <= settings.Quarantine.MostBadRows;
    }

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        using var plain = PlainSources.Begin(run.Workspace, settings, cancel);
        var engines = await run.Engines(cancel);
        var source = await SourceReader.Read(engines.Reader, run.Workspace, settings, plain, run.Progress, cancel);
        run.Tables.HaveLines(files.AreSlow ? run.LeaveLater(Lines, path => LineFile.Save(engines.Reader, path, cancel)) : Task.CompletedTask);
        await run.LeaveFile("quarantine.csv", file => source.WriteQuarantine(engines.Reader, file, cancel));
        if (!ReferenceEquals(engines.Reader, engines.Worker))
            await SourceReader.Carry(engines.Reader, engines.Worker, source.Rows, cancel);
        await files.MustBeUnchanged();
        run.Leave(Source, source with { Files = [] });
        return $"{source.Rows:N0} rows   {source.Quarantined:N0} quarantined";
    }
}
