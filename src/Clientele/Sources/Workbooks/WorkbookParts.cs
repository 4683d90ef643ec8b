using System.IO.Compression;
using System.Xml;
using Clientele.Problems;

namespace Clientele.Sources.Workbooks;

/// <summary>A relation of one part of a workbook to another.</summary>
/// <param name="Kind">The last word of its type, which all versions of the format share: worksheet, styles, ….</param>
/// <param name="Target">The other part's name, from the root.</param>
internal sealed record PartRelation(string Id, string Kind, string Target);

/// <summary>The parts of a workbook: entries of a zip archive that point to each other (ECMA-376 part 2).</summary>
internal sealed class WorkbookParts : IDisposable
{
    private const int MostParts = 20_000;
    private const long MostCharacters = 64 << 20;

    private readonly ZipArchive zip;
    private readonly string path;

    /// <exception cref="InvalidDataException">No archive, or a damaged one.</exception>
    public WorkbookParts(string path)
    {
        this.path = path;
        zip = ZipFile.OpenRead(path);
        if (zip.Entries.Count <= MostParts)
            return;
        zip.Dispose();
        throw TooLarge($"The workbook has more than {MostParts:N0} parts.");
    }

    /// <param name="most">Unpacked bytes that are not too many; the archive's own figure, past which nothing is unpacked.</param>
    public ZipArchiveEntry Find(string part, long most = long.MaxValue)
    {
        var entry = zip.Entries.FirstOrDefault(entry => entry.FullName.Replace('\\', '/').TrimStart('/').Equals(part, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidDataException($"It has no part '{part}'.");
        return entry.Length <= most ? entry : throw TooLarge($"The workbook's part '{part}' has more than {most >> 20:N0} MiB unpacked.");
    }

    public XmlReader Read(string part) => XmlReader.Create(Find(part, MostCharacters).Open(), new()
    {
        CloseInput = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
    });

    /// <param name="part">'' for those of the whole file.</param>
    public IReadOnlyList<PartRelation> Relations(string part)
    {
        int name = part.LastIndexOf('/') + 1;
        var root = new Uri($"http://workbook/{part}");
        var relations = new List<PartRelation>();
        using var xml = Read($"{part[..name]}_rels/{part[name..]}.rels");
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship" || xml.GetAttribute("TargetMode") == "External")
                continue;
            if (xml.GetAttribute("Id") is { } id && xml.GetAttribute("Type") is { } type && Uri.TryCreate(root, xml.GetAttribute("Target"), out var target))
                relations.Add(new(id, type[(type.LastIndexOf('/') + 1)..], Uri.UnescapeDataString(target.AbsolutePath).TrimStart('/')));
        }
        return relations;
    }

    public void Dispose() => zip.Dispose();

    private ProblemException TooLarge(string what) => new(new("source/too-large", what, "Save the orders as CSV, or check that the file is what you expect.", new(path)));
}
