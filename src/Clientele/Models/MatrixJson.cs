using System.Text.Json;
using System.Text.Json.Serialization;
using Clientele.Learning;

namespace Clientele.Models;

/// <summary>A matrix as an array of rows; doubles are written so that they read back to the same bits.</summary>
internal sealed class MatrixJson : JsonConverter<Matrix>
{
    public override Matrix Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var rows = JsonSerializer.Deserialize<double[][]>(ref reader, options) ?? [];
        int columns = rows.Length == 0 ? 0 : rows[0].Length;
        return rows.All(row => row.Length == columns)
            ? new Matrix(rows.Length, columns, [.. rows.SelectMany(row => row)])
            : throw new JsonException("The rows of a matrix differ in length.");
    }

    public override void Write(Utf8JsonWriter writer, Matrix value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        for (int row = 0; row < value.Rows; row++)
        {
            writer.WriteStartArray();
            foreach (double number in value.Row(row))
                writer.WriteNumberValue(number);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }
}
