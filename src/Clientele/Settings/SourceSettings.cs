namespace Clientele.Settings;

/// <summary>Files that are read one after the other as one table of order lines.</summary>
public sealed record SourceSettings
{
    /// <summary>Paths, globs or folders, relative to the workspace. Globs and folders are read in the order of their names.</summary>
    public required IReadOnlyList<string> Files { get; init; }
    /// <summary>Workbook sheets by name; null: all of them, in their order.</summary>
    public IReadOnlyList<string>? Sheets { get; init; }
    /// <summary>Data rows (not counting the header) to pass over at the start of every file; they are not counted as read.</summary>
    public long SkipRows { get; init; }
    /// <summary>Field separator of text files; null: from the header (tab, semicolon, pipe or comma).</summary>
    public char? Delimiter { get; init; }
}
