using System.Text.Json;
using Clientele.Learning;
using Clientele.Segments;

namespace Clientele.Models;

/// <summary>A segment model by itself, as later steps of a run read it: JSON, then the forest's numbers.</summary>
internal static class SegmentModelFile
{
    public static void Write(Stream to, SegmentModel model)
    {
        using var file = new BinaryWriter(to, System.Text.Encoding.UTF8, leaveOpen: true);
        byte[] document = JsonSerializer.SerializeToUtf8Bytes(new Document(model.Space, model.Categories, model.Clusters, model.OutlierScore), ModelBundle.Json);
        byte[] forest = model.Forest is null ? [] : ForestFile.Write(model.Forest);
        file.Write(document.Length);
        file.Write(document);
        file.Write(forest.Length);
        file.Write(forest);
    }

    public static SegmentModel Read(Stream from)
    {
        using var file = new BinaryReader(from, System.Text.Encoding.UTF8, leaveOpen: true);
        var document = JsonSerializer.Deserialize<Document>(file.ReadBytes(file.ReadInt32()), ModelBundle.Json) ?? throw new JsonException("The model is empty.");
        byte[] forest = file.ReadBytes(file.ReadInt32());
        return new(document.Space, document.Categories, document.Clusters, forest.Length == 0 ? null : ForestFile.Read(forest), document.OutlierScore);
    }

    private sealed record Document(CustomerSpace Space, IReadOnlyList<string> Categories, IClusterModel Clusters, double OutlierScore);
}
