namespace Clientele.Learning;

/// <summary>Rows in chunks of 32, column after column within a chunk: a lane is a row, so no answer depends on the rows beside it.</summary>
internal static class MixtureRows
{
    /// <summary>Rows of a chunk: four vectors of eight.</summary>
    public const int Chunk = 32;
    /// <summary>Rows of a block: what one thread takes at a time, and what is summed before blocks are merged in order.</summary>
    public const int Block = 4096;

    public static int Blocks(int rows) => (rows + Block - 1) / Block;

    /// <summary>Doubles that rows take in this form.</summary>
    public static int Length(int rows, int columns) => (rows + Chunk - 1) / Chunk * Chunk * columns;

    public static double[] Of(Matrix rows, int threads)
    {
        var lanes = new double[Length(rows.Rows, rows.Columns)];
        Workers.Run(Blocks(rows.Rows), threads, block =>
        {
            int first = block * Block, end = Math.Min(rows.Rows, first + Block);
            Fill(rows, first, end, lanes.AsSpan(first * rows.Columns, Length(end - first, rows.Columns)));
        });
        return lanes;
    }

    /// <summary>Rows first … end−1. Lanes past the last row repeat it.</summary>
    public static void Fill(Matrix rows, int first, int end, Span<double> lanes)
    {
        int d = rows.Columns;
        for (int at = 0; at * d < lanes.Length; at++)
        {
            var row = rows.Row(Math.Min(first + at, end - 1));
            int to = at / Chunk * Chunk * d + at % Chunk;
            for (int j = 0; j < d; j++)
                lanes[to + j * Chunk] = row[j];
        }
    }
}
