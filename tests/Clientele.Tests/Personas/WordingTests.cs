using Clientele.Personas;

namespace Clientele.Tests.Personas;

public sealed class WordingTests
{
    [Theory]
    [InlineData("GBP", 1940, "£1,940")]
    [InlineData("GBP", 1939.6, "£1,940")]
    [InlineData("GBP", 12.5, "£12.50")]
    [InlineData("GBP", -12.5, "−£12.50")]
    [InlineData("GBP", -0.001, "£0.00")]
    [InlineData("EUR", 0, "€0")]
    [InlineData("XYZ", 1940, "1,940 XYZ")]
    [InlineData("", 1940, "1,940")]
    public void Money_is_written_with_its_currency(string currency, double value, string written) =>
        Assert.Equal(written, new Wording(currency).Money(value));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.0004, "under 0.1 %")]
    [InlineData(0.034, "3.4 %")]
    [InlineData(0.14, "14 %")]
    [InlineData(0.997, "over 99 %")]
    [InlineData(1, "100 %")]
    [InlineData(-0.02, "−2 %")]
    public void A_share_is_none_or_all_only_when_it_is(double share, string written) => Assert.Equal(written, Wording.Percent(share));

    [Theory]
    [InlineData(1, "1 order")]
    [InlineData(2.5, "2.5 orders")]
    [InlineData(0, "0 orders")]
    [InlineData(1204, "1,204 orders")]
    public void One_thing_is_singular(double count, string written) => Assert.Equal(written, Wording.Count(count, "orders"));
}
