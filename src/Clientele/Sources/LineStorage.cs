using Clientele.Engines;

namespace Clientele.Sources;

/// <summary>How an engine keeps a table of order lines: few in memory, texts as numbers; many compressed on disk, so that its memory stays small. A server always on its disk.</summary>
/// <param name="Table">The kind of table.</param>
/// <param name="Text">The type of texts.</param>
internal sealed record LineStorage(string Table, string Text)
{
    /// <summary>About 50 bytes each.</summary>
    private const long MostInMemory = 3_000_000;

    private static readonly LineStorage InMemory = new("Memory", "LowCardinality(String)"), OnDisk = new("Log", "String");

    public static LineStorage For(EngineClient engine, long rows) => engine.IsEmbedded && rows <= MostInMemory ? InMemory : OnDisk;

    /// <summary>For files that were not read yet.</summary>
    public static LineStorage For(EngineClient engine, IEnumerable<SourceFile> files) => For(engine, Rows(files));

    /// <summary>True if an embedded engine would keep the rows of these files in memory.</summary>
    public static bool IsSmall(IEnumerable<SourceFile> files) => Rows(files) <= MostInMemory;

    /// <summary>The statement of a file that makes such a table on disk, for this storage.</summary>
    public Sql Create(string path) =>
        Sql.Text(new Sql(path).Statement.Replace("ENGINE = Log", $"ENGINE = {Table}", StringComparison.Ordinal).Replace(" String", $" {Text}", StringComparison.Ordinal));

    // About the most there can be: a row takes 64 bytes of text, compressed 8.
    private static long Rows(IEnumerable<SourceFile> files) =>
        files.Sum(file => new FileInfo(file.Path).Length / (file.Kind == FileKind.Text && !file.IsGzip ? 64 : 8));
}
