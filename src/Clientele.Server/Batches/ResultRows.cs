using System.Text;
using Clientele.Sources;

namespace Clientele.Server.Batches;

/// <summary>The rows of a CSV file of ours, its header the first; texts as they were before they were disarmed.</summary>
internal static class ResultRows
{
    public static IEnumerable<IReadOnlyList<string>> Read(string path)
    {
        using var text = new StreamReader(path, Encoding.Latin1);
        foreach (var (_, _, record) in CsvRecords.Read(text, ','))
            yield return [.. CsvRecords.Cells(record, ',').Select(cell => CsvBytes.Armed(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(cell))))];
    }
}
