using System.Globalization;
using System.Text;
using Clientele.Sources.Workbooks;
using FsCheck.Fluent;

namespace Clientele.Tests.Sources.Workbooks;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("0", CellFormat.Number, "0")]
    [InlineData("-0", CellFormat.Number, "0")]
    [InlineData("12.0", CellFormat.Number, "12")]
    [InlineData("1.5E3", CellFormat.Number, "1500")]
    [InlineData("0.00001", CellFormat.Number, "1E-05")]
    [InlineData("0.05", CellFormat.Number, "0.05")]
    [InlineData("2.1000000000000001", CellFormat.Number, "2.1")]
    [InlineData("007", CellFormat.Number, "7")]
    [InlineData("99999999999999999", CellFormat.Number, "1E+17")]
    [InlineData("none", CellFormat.Date, "none")]
    [InlineData("40148.32291666666", CellFormat.Date, "2009-12-01 07:45:00")]
    [InlineData("1", CellFormat.Date, "1900-01-01 00:00:00")]
    [InlineData("59", CellFormat.Date, "1900-02-28 00:00:00")]
    [InlineData("61", CellFormat.Date, "1900-03-01 00:00:00")]
    [InlineData("2958465.9999", CellFormat.Date, "9999-12-31 23:59:51")]
    [InlineData("2958466", CellFormat.Date, "2958466")]
    [InlineData("-1", CellFormat.Date, "-1")]
    [InlineData("0.75", CellFormat.Time, "18:00:00")]
    [InlineData("40148.75", CellFormat.Time, "2009-12-01 18:00:00")]
    [InlineData("1.25", CellFormat.Elapsed, "30:00:00")]
    public void A_number_is_written_as_its_format_means_it(string value, CellFormat format, string expected) => Assert.Equal(expected, Written(value, format));

    [Theory, InlineData("0", "1904-01-01 00:00:00"), InlineData("38686", "2009-12-01 00:00:00")]
    public void Macintosh_days_count_from_1904(string value, string expected) => Assert.Equal(expected, Written(value, CellFormat.Date, is1904: true));

    [Fact]
    public void Numbers_are_written_as_NET_prints_the_double() => Prop.ForAll<decimal>(value =>
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        double number = double.Parse(text, CultureInfo.InvariantCulture);
        string expected = Math.Floor(number) == number && Math.Abs(number) < 1e15 ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture);
        return Written(text, CellFormat.Number) == expected;
    }).Holds();

    [Theory]
    [InlineData("General", CellFormat.Number)]
    [InlineData("0.00E+00", CellFormat.Number)]
    [InlineData("#,##0.00\\ \"days\"", CellFormat.Number)]
    [InlineData("[Red]-0_d;[$USD-409]0\\m", CellFormat.Number)]
    [InlineData("yyyy-mm-dd hh:mm:ss", CellFormat.Date)]
    [InlineData("[$-409]MMM", CellFormat.Date)]
    [InlineData("h:mm AM/PM", CellFormat.Time)]
    [InlineData("mm:ss.0", CellFormat.Time)]
    [InlineData("[h]:mm:ss", CellFormat.Elapsed)]
    [InlineData("[mm]:ss", CellFormat.Elapsed)]
    [InlineData("\"open", CellFormat.Number)]
    public void A_format_is_a_date_by_its_letters_alone(string code, CellFormat expected) => Assert.Equal(expected, NumberFormats.Of(code));

    [Fact]
    public void The_built_in_dates_are_known()
    {
        int[] dates = [.. Enumerable.Range(0, 164).Where(id => NumberFormats.BuiltIn(id) != CellFormat.Number)];
        Assert.Equal([.. Enumerable.Range(14, 9), .. Enumerable.Range(27, 10), 45, 46, 47, .. Enumerable.Range(50, 9)], dates);
    }

    private static string Written(string value, CellFormat format, bool is1904 = false)
    {
        byte[] to = new byte[CellText.Room];
        return Encoding.UTF8.GetString(to, 0, CellText.Number(Encoding.UTF8.GetBytes(value), format, is1904, to));
    }
}
