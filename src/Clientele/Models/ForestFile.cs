using Clientele.Learning;

namespace Clientele.Models;

/// <summary>An isolation forest as little-endian numbers: columns, sample size, trees; of each tree its nodes, then features, cuts and left children.</summary>
internal static class ForestFile
{
    public static byte[] Write(IsolationForestModel forest)
    {
        var content = new MemoryStream();
        using var file = new BinaryWriter(content);
        file.Write(forest.Columns);
        file.Write(forest.SampleSize);
        file.Write(forest.Trees.Count);
        foreach (var tree in forest.Trees)
        {
            file.Write(tree.Features.Length);
            foreach (int feature in tree.Features)
                file.Write(feature);
            foreach (double cut in tree.Cuts)
                file.Write(cut);
            foreach (int left in tree.Lefts)
                file.Write(left);
        }
        file.Flush();
        return content.ToArray();
    }

    public static IsolationForestModel Read(byte[] content)
    {
        using var file = new BinaryReader(new MemoryStream(content));
        int columns = file.ReadInt32(), sampleSize = file.ReadInt32();
        var trees = new IsolationTree[file.ReadInt32()];
        for (int t = 0; t < trees.Length; t++)
        {
            int nodes = file.ReadInt32();
            trees[t] = new(Many(nodes, file.ReadInt32), Many(nodes, file.ReadDouble), Many(nodes, file.ReadInt32));
        }
        return new(columns, sampleSize, trees);
    }

    private static T[] Many<T>(int count, Func<T> read)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = read();
        return values;
    }
}
