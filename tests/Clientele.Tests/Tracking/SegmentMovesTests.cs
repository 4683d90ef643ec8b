using Clientele.Registry;

namespace Clientele.Tests.Tracking;

public sealed class SegmentMovesTests
{
    [Fact]
    public void A_new_name_moves_nobody_and_a_new_company_does()
    {
        var before = Assigned("aaaaabbbbbcc");
        var after = Assigned("yyyyyyxxxxzz");        // a → y, b → x, c → z, and one of b went to y

        var moves = SegmentMoves.From(before, after);

        Assert.Equal((12, 1, 0, 0), (moves.Customers, moves.Moved, moves.New, moves.Gone));
        Assert.Equal(new("b", "y", 1, Stays: false), moves.Between[^1]);
    }

    [Fact]
    public void A_segment_that_is_divided_moves_its_smaller_part() =>
        Assert.Equal(4, SegmentMoves.From(Assigned("aaaaaaaaaabb"), Assigned("xxxxxxzzzzyy")).Moved);

    [Fact]
    public void Customers_of_one_side_are_new_or_gone()
    {
        var moves = SegmentMoves.From(Assigned("aab"), Assigned("aa").Append(new("other", "a")).ToDictionary());
        Assert.Equal((2, 0, 1, 1), (moves.Customers, moves.Moved, moves.New, moves.Gone));
    }

    private static Dictionary<string, string> Assigned(string segments) => segments.Select((segment, i) => (Customer: $"c{i}", Segment: $"{segment}")).ToDictionary(each => each.Customer, each => each.Segment);
}
