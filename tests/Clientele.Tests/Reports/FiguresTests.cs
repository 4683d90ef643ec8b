using Clientele.Features;
using Clientele.Reports;

namespace Clientele.Tests.Reports;

public sealed class FiguresTests
{
    private static readonly Figures Pounds = new("GBP");

    [Theory]
    [InlineData(0.4126, "41.3\u00A0%")]
    [InlineData(-0.0004, "0.0\u00A0%")]
    [InlineData(double.NaN, "–")]
    public void Shares_are_percent(double share, string text) => Assert.Equal(text, Figures.Percent(share));

    [Theory]
    [InlineData("GBP", "8887208.894", "£8,887,208.89", "£8.89\u00A0M")]
    [InlineData("GBP", "-12.5", "−£12.50", "−£13")]
    [InlineData("CHF", "14999", "CHF\u00A014,999.00", "CHF\u00A015.0\u00A0k")]
    [InlineData("", "3000000000", "3,000,000,000.00", "3.00\u00A0bn")]
    public void Money_is_to_the_cent_or_rounded(string currency, string amount, string exact, string round)
    {
        decimal money = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(exact, new Figures(currency).Money(money));
        Assert.Equal(round, new Figures(currency).RoundMoney(money));
    }

    [Theory]
    [InlineData(12_480.4, "12,480")]
    [InlineData(-31.25, "−31.25")]
    [InlineData(0.4184, "0.418")]
    [InlineData(3, "3")]
    [InlineData(-0.0001, "0")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Short_numbers_have_about_four_digits(double value, string text) => Assert.Equal(text, Figures.Short(value));

    [Theory]
    [InlineData(FeatureRole.Hour, "hour", 14, "14:00")]
    [InlineData(FeatureRole.Weekday, "weekday (0 = Monday)", 6, "Sunday")]
    [InlineData(FeatureRole.Spend, "money", -3.5, "−£3.50")]
    [InlineData(FeatureRole.CancellationRate, "share", 0.125, "12.5\u00A0%")]
    [InlineData(FeatureRole.Recency, "days", 12, "12")]
    public void Values_are_said_in_their_unit(FeatureRole role, string unit, double value, string text) =>
        Assert.Equal(text, Pounds.Of(new Feature("name", role, "label", unit, "", "", false), value));
}
