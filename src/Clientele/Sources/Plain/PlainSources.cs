using Clientele.Artifacts;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Sources;

/// <summary>The text files of a workspace, typed by us beside other work, such as the engine's start. A file that is not plain, or large, is left to the engine.</summary>
internal sealed class PlainSources : IDisposable
{
    /// <summary>Of folders with what is read for an engine.</summary>
    public const string Prefix = "clientele-read-";

    private readonly Dictionary<(SourceSettings, SourceFile), Task<PlainRows?>> reading = [];
    private readonly CancellationTokenSource end;
    private HeldFolder? folder;

    private PlainSources(CancellationToken cancel) => end = CancellationTokenSource.CreateLinkedTokenSource(cancel);

    /// <summary>Leaves all to the engine.</summary>
    public static PlainSources None => new(CancellationToken.None);

    /// <summary>Finds the files and begins to read them.</summary>
    /// <exception cref="ProblemException">Of <see cref="SourceFiles.Find"/>.</exception>
    public static PlainSources Begin(string folder, WorkspaceSettings settings, CancellationToken cancel)
    {
        var sources = new PlainSources(cancel);
        var files = settings.Sources.SelectMany(source => SourceFiles.Find(folder, source).Select(file => (Source: source, File: file))).ToList();
        if (!LineStorage.IsSmall(files.Select(f => f.File)))
            return sources;
        Task last = Task.CompletedTask;
        foreach (var each in files.Where(f => f.File.Kind == FileKind.Text).Distinct())
            last = sources.reading[each] = last.ContinueWith(_ => sources.Read(each.Source, each.File, settings.Columns), TaskScheduler.Default);
        return sources;
    }

    /// <summary>Takes away what killed processes had begun to read.</summary>
    public static void Sweep() => HeldFolder.Sweep(Path.GetTempPath(), Prefix);

    /// <summary>The typed rows of a file, or null.</summary>
    public Task<PlainRows?> Of(SourceSettings source, SourceFile file) => reading.GetValueOrDefault((source, file)) ?? Task.FromResult<PlainRows?>(null);

    public void Dispose()
    {
        end.Cancel();
        Task.WaitAll(reading.Values);
        folder?.Dispose();
        end.Dispose();
    }

    private PlainRows? Read(SourceSettings source, SourceFile file, ColumnMapping columns)
    {
        try
        {
            var shape = CsvShape.Of(file, source.Delimiter);
            var plan = ColumnPlan.Of(columns, shape.Headers, new(file.Path, 1));
            if (!PlainCsv.Suits(plan, shape, columns))
                return null;
            folder ??= HeldFolder.Create(Path.GetTempPath(), Prefix);
            string path = Path.Combine(folder.Path, $"{Guid.NewGuid():N}");
            using (var text = file.OpenText())
            using (var rows = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
                if (PlainCsv.Convert(text, plan, shape, source.SkipRows, columns.ConstantQuantity, rows, end.Token))
                    return new(path, shape.HeaderLines);
            File.Delete(path);
        }
        catch (Exception trouble) when (trouble is ProblemException or IOException or InvalidDataException or UnauthorizedAccessException or OperationCanceledException)
        {
            // The engine comes upon it too, and says it better.
        }
        return null;
    }
}

/// <param name="Path">A file in the engine's format Native, gone with its <see cref="PlainSources"/>; the columns are those of <c>plain_lines.sql</c>.</param>
/// <param name="HeaderLines">Lines before the first row.</param>
internal sealed record PlainRows(string Path, int HeaderLines);
