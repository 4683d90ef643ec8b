using Clientele.Problems;
using Clientele.Server.Models;

namespace Clientele.Server.Batches;

/// <summary>A file of rows that was looked at, and can be read.</summary>
/// <param name="Shape">Null: JSON lines.</param>
/// <param name="Start">Where its first line stands: line 1, but 0 where rows and not lines are counted.</param>
internal sealed record BatchInput(string Path, TableShape? Shape, FilePlace Start)
{
    public RowKind Kind => Shape?.Kind ?? RowKind.Json;

    /// <param name="format">Parquet: the CSV that <see cref="ParquetFiles"/> made of it, whose lines count as its rows.</param>
    /// <exception cref="ProblemException"><c>batches/*</c>: nothing of it can be scored.</exception>
    public static BatchInput Open(string path, BatchFormat format, ServedModel model)
    {
        if (new FileInfo(path).Length == 0)
            throw new ProblemException(BatchProblems.Empty);
        var shape = format == BatchFormat.JsonLines ? null : TableShape.Of(path, model);
        if (shape is { Kind: RowKind.Customers } && OrderColumns.WithoutDate(shape.Headers, model) is { } lacking)
            throw new ProblemException(lacking);
        return new(path, shape, format == BatchFormat.Parquet ? new(0, 0) : FilePlace.Start);
    }

    /// <summary>Reads records block by block; the header is none.</summary>
    /// <param name="file">Of <see cref="Path"/>.</param>
    /// <param name="from">A block's end, or <see cref="Start"/>.</param>
    public Func<RecordBlock, bool> Reader(Stream file, FilePlace from)
    {
        file.Position = from.Offset;
        var reader = new RecordReader(file, Shape is not null, Shape?.Delimiter ?? ',', from, countsRecords: Start.Line == 0);
        bool atHeader = Shape is not null && from.Offset == 0;
        return block =>
        {
            bool any = reader.Read(block);
            if (any && atHeader)
                block.Records.RemoveAt(0);
            atHeader = false;
            return any;
        };
    }

    /// <summary>How many rows there are.</summary>
    public long Count(CancellationToken cancel)
    {
        using var file = OpenFile();
        var read = Reader(file, Start);
        var block = new RecordBlock();
        long rows = 0;
        while (read(block))
        {
            cancel.ThrowIfCancellationRequested();
            rows += block.Records.Count;
        }
        return rows;
    }

    public FileStream OpenFile() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    public RowForm Form(ServedModel model, DateOnly? asOf) => Kind switch
    {
        RowKind.Features => new FeatureRows(Shape!, model),
        RowKind.Customers => new CustomerRows(Shape!, model),
        RowKind.Orders => new OrderRows(Shape!, model, asOf ?? model.Recipe.ReferenceDate),
        _ => new JsonRows(model),
    };
}
