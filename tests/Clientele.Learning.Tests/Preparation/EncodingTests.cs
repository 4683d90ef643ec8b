using System.Text.Json;

namespace Clientele.Learning.Tests;

public sealed class EncodingTests
{
    private static readonly string[][] Columns = [["red", "blue", "red", "green"], ["S", "M", "M", "L"]];

    [Fact]
    public void Codes_follow_the_order_of_characters_and_can_be_taken_back()
    {
        var ordinal = OrdinalEncoding.Fit(Columns);
        Assert.Equal([2, 2, 0, 1, 2, 1, 1, 0], ordinal.Transform(Columns).Values);
        Assert.Equal(Columns, ordinal.Invert(ordinal.Transform(Columns)));
        var hot = OneHotEncoding.Fit(Columns);
        Assert.Equal([0, 0, 1, 0, 0, 1], hot.Transform(Columns).Row(0).ToArray());
        Assert.Equal(Columns, hot.Invert(hot.Transform(Columns)));
    }

    [Fact]
    public void An_order_of_ones_own_is_kept()
    {
        var sizes = new OrdinalState([["S", "M", "L"]], UnknownCategory.Refuse);
        Assert.Equal([0, 1, 1, 2], sizes.Transform([Columns[1]]).Values);
    }

    [Fact]
    public void An_unknown_category_is_refused_with_its_place()
    {
        string[][] fresh = [["red", "pink"], ["S", "S"]];
        foreach (var transform in new Action[] { () => OrdinalEncoding.Fit(Columns).Transform(fresh), () => OneHotEncoding.Fit(Columns).Transform(fresh) })
        {
            var refused = Assert.Throws<ArgumentException>(transform);
            Assert.Contains("row 1, column 0", refused.Message, StringComparison.Ordinal);
            Assert.Contains("'pink'", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_ignored_unknown_category_has_no_code_and_comes_back_as_null()
    {
        string[][] fresh = [["pink"], ["M"]];
        var ordinal = OrdinalEncoding.Fit(Columns, UnknownCategory.Ignore);
        Assert.Equal([-1, 1], ordinal.Transform(fresh).Values);
        Assert.Equal([null, "M"], ordinal.Invert(ordinal.Transform(fresh)).Select(column => column[0]));
        var hot = OneHotEncoding.Fit(Columns, UnknownCategory.Ignore);
        Assert.Equal([0, 0, 0, 0, 1, 0], hot.Transform(fresh).Values);
        Assert.Equal([null, "M"], hot.Invert(hot.Transform(fresh)).Select(column => column[0]));
    }

    [Fact]
    public void Missing_values_uneven_columns_and_codes_that_are_none_are_refused()
    {
        Assert.Contains("row 1, column 0", Assert.Throws<ArgumentException>(() => OneHotEncoding.Fit([["a", null!]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OrdinalEncoding.Fit([["a", "b"], ["c"]]));
        foreach (double code in new[] { -1, .5, 3 })
            Assert.Throws<ArgumentException>(() => OrdinalEncoding.Fit([Columns[0]]).Invert(new(1, 1, [code])));
    }

    [Fact]
    public void States_survive_json()
    {
        var ordinal = JsonSerializer.Deserialize<OrdinalState>(JsonSerializer.Serialize(OrdinalEncoding.Fit(Columns, UnknownCategory.Ignore)))!;
        var hot = JsonSerializer.Deserialize<OneHotState>(JsonSerializer.Serialize(OneHotEncoding.Fit(Columns)))!;
        Assert.Equal(OrdinalEncoding.Fit(Columns).Transform(Columns).Values, ordinal.Transform(Columns).Values);
        Assert.Equal(OneHotEncoding.Fit(Columns).Transform(Columns).Values, hot.Transform(Columns).Values);
        Assert.Equal(UnknownCategory.Ignore, ordinal.Unknown);
    }
}
