using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Clientele.Artifacts;
using Clientele.Learning;

namespace Clientele.Features;

/// <summary>A snapshot as a file: a line of JSON for what describes it, then ids, values, revenue and target as they are in memory.</summary>
internal static class FeatureTableFile
{
    public static void Write(Stream to, FeatureTable table)
    {
        using var file = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        file.Write(JsonSerializer.Serialize(
            new Description(table.ReferenceDate, table.Columns, [.. table.LeftOut.Select(left => new LeftOut(left.Feature, left.Reason))], table.Customers.Count, table.Target is not null), ArtifactJson.Options));
        foreach (string customer in table.Customers)
            file.Write(customer);
        file.Write(MemoryMarshal.AsBytes<double>(table.Values.Values));
        foreach (decimal revenue in table.Revenue)
            file.Write(revenue);
        foreach (decimal target in table.Target ?? [])
            file.Write(target);
    }

    public static FeatureTable Read(Stream from)
    {
        using var file = new BinaryReader(from, Encoding.UTF8, leaveOpen: true);
        var description = JsonSerializer.Deserialize<Description>(file.ReadString(), ArtifactJson.Options)!;
        int customers = description.Customers;
        string[] ids = [.. Enumerable.Range(0, customers).Select(_ => file.ReadString())];
        var values = new Matrix(customers, description.Columns.Count);
        from.ReadExactly(MemoryMarshal.AsBytes(values.Values.AsSpan()));
        decimal[] revenue = Money(customers), target = Money(description.HasTarget ? customers : 0);
        return new(description.ReferenceDate, description.Columns, [.. description.LeftOut.Select(left => (left.Feature, left.Reason))], ids, values, revenue, description.HasTarget ? target : null);

        decimal[] Money(int count) => [.. Enumerable.Range(0, count).Select(_ => file.ReadDecimal())];
    }

    private sealed record Description(DateOnly ReferenceDate, IReadOnlyList<Feature> Columns, IReadOnlyList<LeftOut> LeftOut, int Customers, bool HasTarget);

    private sealed record LeftOut(Feature Feature, string Reason);
}
