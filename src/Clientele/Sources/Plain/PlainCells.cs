namespace Clientele.Sources;

/// <summary>Divides a line into cells as <c>csv_cells.sql</c> does, or finds that it is not plain.</summary>
/// <param name="columns">Cells in a row.</param>
internal sealed class PlainCells(int columns, byte delimiter)
{
    private readonly int[] starts = new int[columns];
    private readonly int[] ends = new int[columns];
    private byte[] unquoted = [];

    /// <summary>Finds the cells of a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="cells">What <see cref="Cell"/> takes: the line, or a copy without quotes.</param>
    /// <returns>False if the line has another number of cells, or its quotes are not right.</returns>
    public bool Divide(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> cells)
    {
        cells = line;
        if (line.Contains((byte)'"'))
            return DivideQuoted(line, out cells);
        int start = 0;
        for (int column = 0; column < columns - 1; column++)
        {
            int length = line[start..].IndexOf(delimiter);
            if (length < 0)
                return false;
            (starts[column], ends[column]) = (start, start + length);
            start += length + 1;
        }
        (starts[columns - 1], ends[columns - 1]) = (start, line.Length);
        return !line[start..].Contains(delimiter);
    }

    /// <summary>A cell of the line divided last; empty for a column that the source lacks.</summary>
    /// <param name="place">From 1.</param>
    public ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> cells, uint place) =>
        place == ColumnPlan.Nowhere ? [] : cells[starts[place - 1]..ends[place - 1]];

    // Byte 1 means something to csv_cells.sql; and a quote that does not end on its line is not for us.
    private bool DivideQuoted(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> cells)
    {
        if (unquoted.Length < line.Length)
            unquoted = new byte[line.Length * 2];
        cells = unquoted;
        if (line.Contains((byte)1))
            return false;
        int at = 0, to = 0;
        for (int column = 0; column < columns; column++)
        {
            starts[column] = to;
            if (at < line.Length && line[at] == '"')
            {
                for (at++; ; unquoted[to++] = line[at++])
                {
                    if (at == line.Length)
                        return false;
                    if (line[at] == '"' && (++at == line.Length || line[at] != '"'))
                        break;
                }
            }
            else
            {
                while (at < line.Length && line[at] != delimiter)
                    unquoted[to++] = line[at++];
            }
            ends[column] = to;
            if (column < columns - 1 ? at == line.Length || line[at++] != delimiter : at != line.Length)
                return false;
        }
        return true;
    }
}
