using System.Xml;
using Clientele.Problems;

namespace Clientele.Sources.Workbooks;

/// <summary>A workbook (.xlsx, .xlsm), opened once: its sheets, and what their cells share. Reading a sheet opens the file anew, so that sheets can be read side by side.</summary>
internal sealed class Workbook
{
    /// <summary>Unpacked bytes of all shared texts.</summary>
    public const long MostSharedBytes = 256 << 20;

    private readonly Dictionary<string, string> parts = [];
    private readonly List<string> sheets = [];

    private Workbook(string path) => Path = path;

    public string Path { get; }

    /// <summary>Names in the workbook's order; charts are no sheets.</summary>
    public IReadOnlyList<string> Sheets => sheets;

    /// <summary>Serial days count from 1904-01-01.</summary>
    public bool Is1904 { get; private set; }

    /// <summary>Formats by the number of a cell's style.</summary>
    public IReadOnlyList<CellFormat> Formats { get; private set; } = [];

    public SharedStrings Strings { get; private set; } = new();

    /// <exception cref="ProblemException"><c>source/other-kind</c>, <c>source/too-large</c>.</exception>
    public static Workbook Open(string path)
    {
        try
        {
            var book = new Workbook(path);
            using var parts = new WorkbookParts(path);
            book.Read(parts);
            return book;
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or NotSupportedException)
        {
            throw new ProblemException(new("source/other-kind", $"The file is no workbook that can be read: {broken.Message}", "Open it in a spreadsheet program and save it as .xlsx, without a password.", new(path)), broken);
        }
    }

    /// <param name="sheet">One of <see cref="Sheets"/>.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public SheetRows Rows(string sheet) => new(this, parts[sheet]);

    private void Read(WorkbookParts archive)
    {
        string main = archive.Relations("").FirstOrDefault(r => r.Kind == "officeDocument")?.Target ?? throw new InvalidDataException("It has no main part.");
        var relations = archive.Relations(main);
        using (var xml = archive.Read(main))
        {
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                if (xml.LocalName == "workbookPr")
                    Is1904 = xml.GetAttribute("date1904") is "1" or "true" or "on";
                else if (xml.LocalName == "sheet" && xml.GetAttribute("name") is { } name && relations.FirstOrDefault(r => r.Id == RelationId(xml) && r.Kind == "worksheet") is { } relation && parts.TryAdd(name, relation.Target))
                    sheets.Add(name);
            }
        }
        if (sheets.Count == 0)
            throw new InvalidDataException("It has no sheets.");
        if (relations.FirstOrDefault(r => r.Kind == "styles") is { } styles)
            Formats = ReadFormats(archive, styles.Target);
        if (relations.FirstOrDefault(r => r.Kind == "sharedStrings") is { } strings)
            Strings = SharedStrings.Read(archive.Find(strings.Target, MostSharedBytes).Open);
    }

    // Its namespace depends on the version of the format; `sheetId`, which is something else, has none.
    private static string? RelationId(XmlReader sheet)
    {
        string? id = null;
        while (sheet.MoveToNextAttribute())
        {
            if (sheet.LocalName == "id" && sheet.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal))
                id = sheet.Value;
        }
        sheet.MoveToElement();
        return id;
    }

    private static List<CellFormat> ReadFormats(WorkbookParts archive, string part)
    {
        var named = new Dictionary<int, CellFormat>();
        var formats = new List<CellFormat>();
        bool isInCells = false;
        using var xml = archive.Read(part);
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs")
                isInCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "numFmt" && int.TryParse(xml.GetAttribute("numFmtId"), out int id))
                named[id] = NumberFormats.Of(xml.GetAttribute("formatCode") ?? "");
            else if (xml.LocalName == "xf" && isInCells)
                formats.Add(int.TryParse(xml.GetAttribute("numFmtId"), out int used) ? named.TryGetValue(used, out var format) ? format : NumberFormats.BuiltIn(used) : CellFormat.Number);
        }
        return formats;
    }
}
