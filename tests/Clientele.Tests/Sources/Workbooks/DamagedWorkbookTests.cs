using Clientele.Problems;
using Clientele.Sources.Workbooks;

namespace Clientele.Tests.Sources.Workbooks;

public sealed class DamagedWorkbookTests
{
    private const string Bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;'>]>";

    [Theory]
    [InlineData($"{Bomb}<worksheet><sheetData><row><c t='str'><v>&c;</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row><c t='str'><v>&nbsp;</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row><c t='str'><v>&lt</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row><c><v>1</v></c></row>")]
    [InlineData("<worksheet><sheetData><row><c><v>1")]
    [InlineData("<worksheet><sheetData><row r=")]
    [InlineData("<worksheet><sheetData><row><c><v>1</c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row><c><v>1</v></c></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row><c r='XFE1'/></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row><c r='1'/></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r='1048577'/></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=5/></sheetData></worksheet>")]
    [InlineData("<?xml version='1.0' encoding='EBCDIC-CP-US'?><worksheet/>")]
    [InlineData("< /><worksheet/>")]
    [InlineData("")]
    public void A_damaged_sheet_is_told(string sheet)
    {
        using var book = new BookFile().Part("xl/worksheets/sheet1.xml", sheet);
        Assert.Throws<InvalidDataException>(() => book.Lines());
    }

    [Fact]
    public void A_cell_longer_than_any_program_writes_is_refused()
    {
        using var book = new BookFile($"<row><c t='str'><v>{new string('x', 3 << 20)}</v></c></row>");
        Assert.Contains("longer than", Assert.Throws<InvalidDataException>(() => book.Lines()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xl/workbook.xml", $"{Bomb}<workbook>&c;</workbook>")]
    [InlineData("xl/workbook.xml", "<workbook><sheets/></workbook>")]
    [InlineData("xl/workbook.xml", "<workbook><sheets>")]
    [InlineData("xl/styles.xml", $"{Bomb}<styleSheet>&c;</styleSheet>")]
    [InlineData("xl/sharedStrings.xml", $"{Bomb}<sst><si><t>&c;</t></si></sst>")]
    [InlineData("xl/sharedStrings.xml", "<sst><si><t>a</t></si>")]
    [InlineData("_rels/.rels", "<Relationships/>")]
    public void A_damaged_part_is_a_problem_with_a_remedy(string part, string xml)
    {
        using var book = new BookFile(shared: "").Part(part, xml);
        var problem = Assert.Throws<ProblemException>(book.Open).Problem;
        Assert.Equal(("source/other-kind", book.Path), (problem.Kind, problem.Where!.File));
        Assert.Contains(".xlsx", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_breaks_off_is_a_problem()
    {
        using var book = new BookFile("<row/>");
        book.Save();
        byte[] whole = File.ReadAllBytes(book.Path);
        foreach (int length in (int[])[whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(book.Path, whole[..length]);
            Assert.Equal("source/other-kind", Assert.Throws<ProblemException>(() => Workbook.Open(book.Path)).Problem.Kind);
        }
    }

    [Fact]
    public void Shared_texts_that_would_fill_the_memory_are_refused_before_they_are_unpacked()
    {
        using var book = new BookFile(shared: "").Part("xl/sharedStrings.xml", new byte[Workbook.MostSharedBytes + 1]);
        var problem = Assert.Throws<ProblemException>(book.Open).Problem;
        Assert.Equal("source/too-large", problem.Kind);
    }
}
