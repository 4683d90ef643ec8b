using System.IO.Compression;
using Clientele.Problems;

namespace Clientele.Sources;

/// <summary>One file of a source, looked at before it is read.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="IsGzip">Only text may be compressed.</param>
public sealed record SourceFile(string Path, FileKind Kind, bool IsGzip)
{
    private const int Sample = 64 << 10;

    /// <summary>Its name without the folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Finds out what the file is, and that its name does not say otherwise.</summary>
    /// <exception cref="ProblemException"><c>source/missing</c>, <c>source/empty</c>, <c>source/other-kind</c>, <c>source/unreadable</c>.</exception>
    public static SourceFile Open(string path)
    {
        var place = new Place(path);
        try
        {
            byte[] head = Head(path, gzip: false);
            bool isGzip = head is [0x1F, 0x8B, ..];
            if (isGzip)
                head = Head(path, gzip: true);
            if (head.All(b => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') || (head is [0xEF, 0xBB, 0xBF]))
                throw new ProblemException(new("source/empty", "The file is empty.", "Export the orders again, with a header line and one line for each product ordered.", place));
            var kind = KindOf(head, place);
            if (isGzip && kind != FileKind.Text)
                throw new ProblemException(new("source/other-kind", $"The file is a compressed {Called(kind)}.", "Unpack it first: only text files are read compressed.", place));
            CheckName(path, kind, place);
            return new(path, kind, isGzip);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ProblemException(Missing(path), gone);
        }
        catch (Exception broken) when (broken is UnauthorizedAccessException or InvalidDataException or IOException)
        {
            throw new ProblemException(Unreadable(path, broken.Message), broken);
        }
    }

    /// <summary>The text, unpacked. BOM and line ends are as they are.</summary>
    public Stream OpenText()
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        return IsGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <param name="remedy">Where no other file is called nearly so.</param>
    internal static Problem Missing(string path, string remedy = "Check `files:` in clientele.yaml; paths are relative to the workspace.") => new(
        "source/missing", "There is no such file.", Nearby(path) is { } near ? $"Did you mean '{near}'?" : remedy, new(path));

    internal static Problem Unreadable(string path, string why) => new(
        "source/unreadable", $"The file can't be read: {why}", "Check that it is whole and that you may read it.", new(path));

    private static string? Nearby(string path) =>
        System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder && Directory.Exists(folder)
            ? Nearest.To(System.IO.Path.GetFileName(path), Directory.EnumerateFileSystemEntries(folder).Select(entry => System.IO.Path.GetFileName(entry)))
            : null;

    private static byte[] Head(string path, bool gzip)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using Stream stream = gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        byte[] head = new byte[Sample];
        return head[..stream.ReadAtLeast(head, Sample, throwOnEndOfStream: false)];
    }

    private static FileKind KindOf(byte[] head, Place place)
    {
        switch (head)
        {
            case [(byte)'P', (byte)'K', 3, 4, ..]:
                return FileKind.Workbook;
            case [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..]:
                return FileKind.Parquet;
            case [0xD0, 0xCF, 0x11, 0xE0, ..]:
                throw OtherKind("The file is an old Excel workbook (.xls), or one with a password.", "Save it as .xlsx without a password.", place);
            case [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]:
                throw OtherKind("The text is UTF-16.", "Save it as UTF-8 (in Excel: \"CSV UTF-8\").", place);
        }
        if (head.Contains((byte)0) || head.AsSpan().StartsWith("%PDF"u8))
            throw OtherKind("The file is no table that can be read here.", "Give a CSV, TSV, Parquet or .xlsx file.", place);
        if (head.Contains((byte)'\r') && !head.Contains((byte)'\n'))
            throw OtherKind("Its lines end with CR alone.", "Save the file with LF or CRLF line ends.", place);
        return FileKind.Text;
    }

    private static void CheckName(string path, FileKind kind, Place place)
    {
        FileKind? named = System.IO.Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".XLSX" or ".XLSM" => FileKind.Workbook,
            ".PARQUET" or ".PQ" => FileKind.Parquet,
            ".CSV" or ".TSV" or ".TXT" or ".GZ" => FileKind.Text,
            _ => null,
        };
        if (named is { } other && other != kind)
            throw OtherKind($"The file is named like a {Called(other)}, but holds a {Called(kind)}.", $"Give it the ending {Ending(kind)} if that is what it is, or export it again.", place);
    }

    private static ProblemException OtherKind(string what, string remedy, Place place) => new(new("source/other-kind", what, remedy, place));

    private static string Called(FileKind kind) => kind switch
    {
        FileKind.Workbook => "workbook",
        FileKind.Parquet => "Parquet file",
        _ => "text file",
    };

    private static string Ending(FileKind kind) => kind switch
    {
        FileKind.Workbook => ".xlsx",
        FileKind.Parquet => ".parquet",
        _ => ".csv",
    };
}
