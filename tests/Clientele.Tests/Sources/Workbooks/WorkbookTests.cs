using System.Text;

namespace Clientele.Tests.Sources.Workbooks;

public sealed class WorkbookTests
{
    [Theory]
    [InlineData("<c t='s'><v>1</v></c>", " tea & milk ")]
    [InlineData("<c t='s'><v>2</v></c>", "green tea")]
    [InlineData("<c t='inlineStr'><is><r><rPr><b/></rPr><t>Earl</t></r><r><t xml:space='preserve'> Grey</t></r><rPh sb='0' eb='1'><t>x</t></rPh></is></c>", "Earl Grey")]
    [InlineData("<c t='str'><f>A1&amp;\"v\"</f><v>&lt;&#x41;&#66;&quot;&apos;</v></c>", "<AB\"'")]
    [InlineData("<c t='str'><v><![CDATA[a & b]]> c<!-- > --></v></c>", "a & b c")]
    [InlineData("<c t='str'><v>a_x000D_\nb_x005F_x000D__x00</v></c>", "a\r\nb_x000D__x00")]
    [InlineData("<c t='str'><v>a\r\nb</v></c>", "a\nb")]
    [InlineData("<c t='b'><v>1</v></c>", "True")]
    [InlineData("<c t='b'><v>0</v></c>", "False")]
    [InlineData("<c t='e'><v>#N/A</v></c>", "#N/A")]
    [InlineData("<c t='d' s='1'><v>2011-12-09T12:50:00.6Z</v></c>", "2011-12-09 12:50:01")]
    [InlineData("<c t='n'><v>6.9500000000000002</v></c>", "6.95")]
    [InlineData("<c><f t='shared' si='0'/><v>12</v></c>", "12")]
    [InlineData("<c s='1'><v>40148.32291666666</v></c>", "2009-12-01 07:45:00")]
    [InlineData("<c s='99'><v>40148</v></c>", "40148")]
    [InlineData("<c s='1'><v></v></c>", "")]
    [InlineData("<c s='1'/>", "")]
    [InlineData("<c t='s'><v> 0 </v></c>", "日本 ☕")]
    public void A_cell_says_what_a_CSV_file_would_say(string cell, string expected)
    {
        using var book = new BookFile($"<row r='1'>{cell}</row>", "<cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs>",
            "<si><t>日本 ☕</t></si><si><t xml:space='preserve'> tea &amp; milk </t></si><si><r><t>green</t></r><r><t> tea</t></r><rPh sb='0' eb='2'><t>gr</t></rPh></si><si/>");
        using var rows = book.Open().Rows("Orders");
        Assert.True(rows.Read());
        Assert.Equal(expected, Encoding.UTF8.GetString(rows[0]));
        Assert.False(rows.Read());
    }

    [Fact]
    public void Cells_and_rows_without_a_place_follow_the_last_ones()
    {
        using var book = new BookFile("<row><c><v>1</v></c><c r='C1'><v>2</v></c><c><v>3</v></c></row> <row r='7' spans='1:2'><c r='AB7'><v>4</v></c></row><row/><row><c><v>5</v></c></row>");
        Assert.Equal(["1|1||2|3", $"7|{new string('|', 27)}4", "8", "9|5"], book.Lines());
    }

    [Fact]
    public void Sheets_keep_the_order_of_the_workbook_and_charts_are_none()
    {
        using var book = new BookFile("<row><c><v>1</v></c></row>").Sheet("<row><c><v>2</v></c></row>", 2).Part("xl/workbook.xml", """
            <workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='B &amp; b' sheetId='1' r:id='s2'/>
            <sheet name='Chart' sheetId='2' r:id='c'/><sheet name='A' sheetId='3' r:id='s1' state='hidden'/></sheets></workbook>
            """);
        var open = book.Open();
        Assert.Equal(["B & b", "A"], open.Sheets);
        using var first = open.Rows("B & b");
        using var second = open.Rows("A");
        Assert.True(first.Read() && second.Read());
        Assert.Equal(["2", "1"], first.Texts().Concat(second.Texts()));
    }

    [Fact]
    public void Prefixes_and_the_strict_namespaces_make_no_difference()
    {
        const string main = "http://purl.oclc.org/ooxml/spreadsheetml/main";
        const string links = "http://purl.oclc.org/ooxml/officeDocument/relationships";
        using var book = new BookFile()
            .Part("_rels/.rels", $"<p:Relationships xmlns:p='http://schemas.openxmlformats.org/package/2006/relationships'><p:Relationship Id='a' Type='{links}/officeDocument' Target='/xl/workbook.xml'/></p:Relationships>")
            .Part("xl/workbook.xml", $"<x:workbook xmlns:x='{main}' xmlns:q='{links}'><x:workbookPr date1904='true'/><x:sheets><x:sheet name='Orders' sheetId='1' q:id='s1'/></x:sheets></x:workbook>")
            .Part("xl/_rels/workbook.xml.rels", $"<Relationships><Relationship Id='s1' Type='{links}/worksheet' Target='./worksheets/../worksheets/sheet1.xml'/><Relationship Id='f' Type='{links}/styles' Target='styles.xml'/></Relationships>")
            .Part("xl/styles.xml", $"<x:styleSheet xmlns:x='{main}'><x:numFmts><x:numFmt numFmtId='164' formatCode='d/m/yy'/></x:numFmts><x:cellXfs><x:xf numFmtId='164'/></x:cellXfs></x:styleSheet>")
            .Part("xl/worksheets/sheet1.xml", $"<?xml version=\"1.0\" encoding=\"utf-8\"?><x:worksheet xmlns:x='{main}'><x:sheetData><x:row r='2'><x:c s='0'><x:v>0</x:v></x:c><x:c t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>");
        Assert.Equal(["2|1904-01-01 00:00:00|a"], book.Lines());
    }

    [Theory, InlineData(true), InlineData(false)]
    public void UTF_16_is_read_too(bool hasMark)
    {
        var encoding = new UnicodeEncoding(bigEndian: hasMark, byteOrderMark: hasMark);
        byte[] sheet = [.. encoding.GetPreamble(), .. encoding.GetBytes("<?xml version='1.0' encoding='UTF-16'?><worksheet><sheetData><row><c t='str'><v>ü€</v></c></row></sheetData></worksheet>")];
        using var book = new BookFile().Part("xl/worksheets/sheet1.xml", sheet);
        Assert.Equal(["1|ü€"], book.Lines());
    }

    [Fact]
    public void Cells_across_the_blocks_of_the_reader_stay_whole()
    {
        var rows = new StringBuilder();
        for (int i = 1; i <= 30_000; i++)
            rows.Append($"<row r=\"{i}\"><c r=\"A{i}\"><v>{i}</v></c><c r=\"B{i}\" t=\"str\"><v>{new string('x', i % 97)}&amp;</v></c></row>");
        rows.Append($"<row><c t='str'><v>{new string('y', 300_000)}</v></c></row>");
        using var book = new BookFile(rows.ToString());
        var lines = book.Lines();
        Assert.All(lines.SkipLast(1).Index(), line => Assert.Equal($"{line.Index + 1}|{line.Index + 1}|{new string('x', (line.Index + 1) % 97)}&", line.Item));
        Assert.Equal($"30001|{new string('y', 300_000)}", lines[^1]);
    }
}
