using System.IO.Compression;
using System.Text;
using Clientele.Sources.Workbooks;

namespace Clientele.Tests.Sources.Workbooks;

/// <summary>A workbook of few cells, part by part, in a folder of its own.</summary>
internal sealed class BookFile : IDisposable
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly string folder = Directory.CreateTempSubdirectory("clientele-book-").FullName;
    private readonly Dictionary<string, byte[]> parts = [];

    /// <param name="rows">Inside sheetData.</param>
    /// <param name="formats">numFmts and cellXfs.</param>
    /// <param name="shared">si elements; null: no such part.</param>
    public BookFile(string rows = "", string formats = "", string? shared = null, string properties = "")
    {
        Part("_rels/.rels", $"<Relationships><Relationship Id='a' Type='{Relationships}/officeDocument' Target='xl/workbook.xml'/></Relationships>");
        Part("xl/workbook.xml", $"<workbook xmlns:r='{Relationships}'><workbookPr {properties}/><sheets><sheet name='Orders' sheetId='7' r:id='s1'/></sheets></workbook>");
        Part("xl/_rels/workbook.xml.rels", $"""
            <Relationships><Relationship Id='s1' Type='{Relationships}/worksheet' Target='worksheets/sheet1.xml'/>
            <Relationship Id='s2' Type='{Relationships}/worksheet' Target='/xl/worksheets/sheet2.xml'/><Relationship Id='c' Type='{Relationships}/chartsheet' Target='chart.xml'/>
            <Relationship Id='f' Type='{Relationships}/styles' Target='styles.xml'/>{(shared is null ? "" : $"<Relationship Id='t' Type='{Relationships}/sharedStrings' Target='sharedStrings.xml'/>")}</Relationships>
            """);
        Part("xl/styles.xml", $"<styleSheet><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>{formats}</styleSheet>");
        Sheet(rows);
        if (shared is not null)
            Part("xl/sharedStrings.xml", $"<sst>{shared}</sst>");
    }

    public string Path => System.IO.Path.Combine(folder, "orders.xlsx");

    public BookFile Part(string name, string xml) => Part(name, Encoding.UTF8.GetBytes(xml));

    public BookFile Part(string name, byte[] content)
    {
        parts[name] = content;
        return this;
    }

    public BookFile Sheet(string rows, int number = 1) => Part($"xl/worksheets/sheet{number}.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>");

    public Workbook Open()
    {
        Save();
        return Workbook.Open(Path);
    }

    public void Save()
    {
        using var zip = ZipFile.Open(Path, ZipArchiveMode.Create);
        foreach (var (name, content) in parts)
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            entry.Write(content);
        }
    }

    /// <summary>Every row of a sheet: its line, then its cells, between bars.</summary>
    public IReadOnlyList<string> Lines(string sheet = "Orders")
    {
        var lines = new List<string>();
        using var rows = Open().Rows(sheet);
        while (rows.Read())
            lines.Add(string.Join('|', [rows.Line.ToString(), .. rows.Texts()]));
        return lines;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
