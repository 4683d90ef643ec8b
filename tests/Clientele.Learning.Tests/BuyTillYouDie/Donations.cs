namespace Clientele.Learning.Tests;

/// <summary>Yearly donations of 11,104 people, six years. Source: Fader, Hardie &amp; Shang (2010), Marketing Science 29(6), as printed in reference/science.md A5.</summary>
internal static class Donations
{
    private static readonly (int X, int Last, int People)[] Cells =
    [
        (0, 0, 3464), (1, 1, 1091), (1, 2, 277), (1, 3, 129), (1, 4, 78), (1, 5, 119), (1, 6, 129), (2, 2, 613), (2, 3, 255), (2, 4, 155), (2, 5, 173),
        (2, 6, 234), (3, 3, 322), (3, 4, 181), (3, 5, 225), (3, 6, 357), (4, 4, 240), (4, 5, 284), (4, 6, 512), (5, 5, 335), (5, 6, 728), (6, 6, 1203),
    ];

    public static PurchaseHistories Histories
    {
        get
        {
            var people = Cells.SelectMany(cell => Enumerable.Repeat(cell, cell.People)).ToArray();
            return new([.. people.Select(c => c.X)], [.. people.Select(c => (double)c.Last)], [.. people.Select(_ => 6.0)]);
        }
    }
}
