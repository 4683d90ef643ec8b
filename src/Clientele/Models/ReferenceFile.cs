using System.Runtime.InteropServices;
using Clientele.Learning;

namespace Clientele.Models;

/// <summary>Rows of numbers as little-endian bytes: rows, columns, then the values, row by row.</summary>
internal static class ReferenceFile
{
    public static byte[] Write(Matrix rows)
    {
        var content = new MemoryStream();
        using var file = new BinaryWriter(content);
        file.Write(rows.Rows);
        file.Write(rows.Columns);
        file.Write(MemoryMarshal.AsBytes<double>(rows.Values));
        file.Flush();
        return content.ToArray();
    }

    /// <exception cref="EndOfStreamException">It holds fewer values than it says.</exception>
    public static Matrix Read(byte[] content)
    {
        using var file = new BinaryReader(new MemoryStream(content));
        var (rows, columns) = (file.ReadInt32(), file.ReadInt32());
        if (rows < 0 || columns < 0 || content.Length != 2L * sizeof(int) + (long)rows * columns * sizeof(double))
            throw new EndOfStreamException();
        var matrix = new Matrix(rows, columns);
        file.BaseStream.ReadExactly(MemoryMarshal.AsBytes(matrix.Values.AsSpan()));
        return matrix;
    }
}
