namespace Clientele.Learning;

/// <summary>
/// Long tables are worked in blocks of 4,096 rows whose sums are merged in block order: threads only decide who computes a block.
/// </summary>
internal static class Blocks
{
    public const int Rows = 4096;

    public static int Count(int rows) => (rows + Rows - 1) / Rows;

    public static int First(int block) => block * Rows;

    public static int End(int block, int rows) => Math.Min(rows, (block + 1) * Rows);
}
