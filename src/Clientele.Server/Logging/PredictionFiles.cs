using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Clientele.Server.Logging;

/// <summary>A folder with a file of JSON lines for each day, UTC. A day's file ends at its size, and goes after its time. Each process writes files of its own.</summary>
/// <param name="writer">What tells this process's files from others'.</param>
internal sealed class PredictionFiles(string folder, string writer, int daysKept, long mostBytes) : IDisposable
{
    public const string Folder = "predictions";

    private readonly ArrayBufferWriter<byte> lines = new(1 << 16);
    private FileStream? file;
    private DateOnly day;

    /// <summary>For how long, and how much of a day, from now on.</summary>
    public void Keep(int days, long bytes)
    {
        bool isOther = days != daysKept;
        (daysKept, mostBytes) = (days, bytes);
        if (isOther && file is not null)
            Sweep();
    }

    /// <returns>How many were not written: the day's file is full.</returns>
    public int Append(IReadOnlyList<PredictionRecord> records)
    {
        int left = 0;
        foreach (var record in records)
        {
            Turn(DateOnly.FromDateTime(record.At.UtcDateTime));
            if (file!.Length + lines.WrittenCount >= mostBytes)
                left++;
            else
                Write(record);
        }
        Flush();
        return left;
    }

    private void Turn(DateOnly today)
    {
        if (file is not null && today == day)
            return;
        Flush();
        file?.Dispose();
        Directory.CreateDirectory(folder);
        (file, day) = (new(Path.Combine(folder, $"{Name(today)}-{writer}.jsonl"), FileMode.Append, FileAccess.Write, FileShare.Read), today);
        Sweep();
    }

    private void Sweep()
    {
        foreach (string old in Directory.EnumerateFiles(folder, "????-??-??-*.jsonl"))
            if (DateOnly.TryParseExact(Path.GetFileName(old)[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var written) && written <= day.AddDays(-daysKept))
                File.Delete(old);
    }

    private void Write(in PredictionRecord record)
    {
        using (var json = new Utf8JsonWriter(lines, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("at"u8, record.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("model"u8, record.Model);
            json.WriteNumber("version"u8, record.Version);
            json.WriteString("input"u8, record.Input.ToString("x16", CultureInfo.InvariantCulture));
            if (record.Segment > 0)
                json.WriteNumber("segment"u8, record.Segment);
            if (double.IsFinite(record.Distance))
            {
                json.WriteNumber("distance"u8, record.Distance);
                json.WriteBoolean("outlier"u8, record.IsOutlier);
            }
            if (double.IsFinite(record.Value))
                json.WriteNumber("value"u8, record.Value);
            json.WriteEndObject();
        }
        lines.Write("\n"u8);
    }

    private void Flush()
    {
        if (lines.WrittenCount == 0)
            return;
        try
        {
            file!.Write(lines.WrittenSpan);
            file.Flush();
        }
        finally
        {
            lines.ResetWrittenCount();
        }
    }

    private static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public void Dispose() => file?.Dispose();
}
