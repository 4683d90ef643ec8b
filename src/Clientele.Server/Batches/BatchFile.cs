using System.Buffers;
using Clientele.Artifacts;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Server.Models;
using Clientele.Sources;

namespace Clientele.Server.Batches;

/// <param name="Workspace">Whose champion answers.</param>
/// <param name="File">CSV, JSON lines or Parquet, as its name says.</param>
public sealed record BatchFileRequest(string Workspace, string File)
{
    /// <summary>Where the result goes; null: standard output.</summary>
    public string? Output { get; init; }
    /// <summary><c>csv</c>, <c>jsonl</c> or <c>parquet</c>; null: what the name of <see cref="Output"/> says, else CSV.</summary>
    public string? Format { get; init; }
    /// <summary>Where rows that are set aside go, as CSV; null: they are only counted.</summary>
    public string? Quarantine { get; init; }
    /// <summary>Reference date of order lines; null: the later of the model's and the day of the last line that counts.</summary>
    public DateOnly? AsOf { get; init; }
    public int Threads { get; init; }
    /// <summary>Looks at the file and counts its rows, and writes nothing.</summary>
    public bool DryRun { get; init; }
}

/// <param name="Kind">What the rows are: features, orders, customers or json.</param>
/// <param name="PassedOver">Columns that nothing was asked of.</param>
/// <param name="Customers">Scored; fewer than rows where order lines make them.</param>
/// <param name="Reasons">Of the first rows that were set aside: line and why.</param>
public sealed record BatchFileResult(string Model, long Version, string Kind, IReadOnlyList<string> PassedOver, long Rows, long Quarantined, long Customers, IReadOnlyList<string> Reasons);

/// <summary>Assigns the rows of a file with the champion, by the code that works on batches of the service.</summary>
public static class BatchFile
{
    private const int ReasonsTold = 3;

    /// <exception cref="ProblemException"><c>usage/*</c>, <c>source/missing</c>, <c>batches/*</c>, <c>models/*</c>.</exception>
    public static async Task<BatchFileResult> Execute(BatchFileRequest request, Func<Stream> standardOutput, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var from = BatchFormats.OfName(request.File) ?? throw Format($"The name of {request.File} does not say what it is.", "A file of rows is .csv, .jsonl or .parquet, and not compressed. Orders in other files: clientele predict WORKSPACE --orders FILE.");
        var to = OutputFormat(request);
        if (!System.IO.File.Exists(request.File))
            throw new ProblemException(SourceFile.Missing(request.File, "Name a file that is there."));
        foreach (string path in new[] { request.Output, request.Quarantine }.OfType<string>())
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
                throw new ProblemException(new("usage/folder", $"There is no folder for {path}.", "Make it, or name another place."));
        await using var models = await ServedModels.Open(new(request.Workspace), clock, cancel);
        using var scratch = HeldFolder.Create(Path.GetTempPath(), "clientele-batch-");
        string In(string name) => Path.Combine(scratch.Path, name);
        string text = request.File;
        if (from == BatchFormat.Parquet)
            await ParquetFiles.ToCsv(Path.GetFullPath(request.File), text = In("input.csv"), cancel);
        var input = Open(text, request.File, from, models.Current);
        progress?.Report(new("read", $"rows are {input.Kind.ToString().ToLowerInvariant()}", Done: true));
        BatchCounts counts;
        if (request.DryRun)
            counts = new(await Task.Run(() => input.Count(cancel), cancel), 0, 0);
        else
        {
            counts = await Task.Factory.StartNew(() => Score(request, models.Current, input, new(In("result.csv"), In("quarantine.csv"), In("parts")), progress, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Write(request.Output, In("result.csv"), to, standardOutput, cancel);
            if (request.Quarantine is { } aside)
                await ResultFile.Write(aside, standardOutput, to => Copy(In("quarantine.csv"), to, cancel));
        }
        var version = models.Current.Version;
        return new(version.Model, version.Version, input.Kind.ToString().ToLowerInvariant(), input.Shape?.PassedOver ?? [], counts.Read, counts.Quarantined, counts.Customers, counts.Quarantined == 0 || request.DryRun ? [] : Reasons(In("quarantine.csv")));
    }

    private static BatchFormat OutputFormat(BatchFileRequest request)
    {
        if (request.Format is { } word)
            return BatchFormats.OfWord(word) ?? throw Format($"'{word}' is not a format.", $"It takes {string.Join(", ", BatchFormats.Words)}.");
        return request.Output is not { } output || Path.GetExtension(output).Length == 0 ? BatchFormat.Csv
            : BatchFormats.OfName(output) ?? throw Format($"The name of {output} is of no format that is written here.", "Name it .csv, .jsonl or .parquet, or say which it shall be: --format csv.");
    }

    private static BatchInput Open(string text, string file, BatchFormat format, ServedModel model)
    {
        try
        {
            return BatchInput.Open(text, format, model);
        }
        catch (ProblemException wrong)
        {
            throw new ProblemException(wrong.Problem with { Where = new(file) }, wrong);
        }
    }

    private static BatchCounts Score(BatchFileRequest request, ServedModel model, BatchInput input, BatchPlaces places, IProgress<StepProgress>? progress, CancellationToken cancel)
    {
        var end = new BatchWork(model, input, places, request.AsOf, long.MaxValue, request.Threads).Run(null, at => progress?.Report(new("assign", $"{at.Counts.Read:N0} of {at.Rows:N0} rows")), cancel);
        progress?.Report(new("assign", $"{end.Counts.Customers:N0} customers   {end.Counts.Quarantined:N0} rows set aside", Done: true));
        return end.Counts;
    }

    private static async Task Write(string? output, string result, BatchFormat format, Func<Stream> standardOutput, CancellationToken cancel)
    {
        if (format == BatchFormat.Parquet)
            await ParquetFiles.FromResult(result, result = Path.ChangeExtension(result, ".parquet"), cancel);
        await ResultFile.Write(output, standardOutput, async to =>
        {
            if (format != BatchFormat.JsonLines)
            {
                await Copy(result, to, cancel);
                return;
            }
            var lines = new ArrayBufferWriter<byte>();
            foreach (int _ in BatchDownload.JsonLines(result, lines))
            {
                await to.WriteAsync(lines.WrittenMemory, cancel);
                lines.ResetWrittenCount();
            }
        });
    }

    private static async Task Copy(string file, Stream to, CancellationToken cancel)
    {
        await using var from = System.IO.File.OpenRead(file);
        await from.CopyToAsync(to, cancel);
    }

    private static string[] Reasons(string quarantine)
    {
        using var text = new StreamReader(quarantine);
        return [.. CsvRecords.Read(text, ',').Skip(1).Take(ReasonsTold).Select(record => CsvRecords.Cells(record.Text, ',')).Select(cells => $"line {cells[0]}: {cells[2]}")];
    }

    private static ProblemException Format(string what, string remedy) => new(new("usage/format", what, remedy));
}
