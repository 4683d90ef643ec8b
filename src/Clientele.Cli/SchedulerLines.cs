using System.Globalization;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Schedules;

namespace Clientele.Cli;

/// <summary>What a scheduler does, a line each, as it happens.</summary>
internal sealed class SchedulerLines(TextWriter to, bool json, TimeProvider clock) : IProgress<SchedulerNews>
{
    private static readonly JsonSerializerOptions Compact = new(RunJson.Options) { WriteIndented = false };
    private readonly Lock gate = new();

    public void Report(SchedulerNews value)
    {
        string line = json
            ? JsonSerializer.Serialize(new { At = clock.GetUtcNow(), value.What, value.Schedule, value.DueAt, value.Run, value.Words }, Compact)
            : $"{clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {value.What,-10}{string.Join("   ", ((string?[])[
                value.Schedule, value.DueAt is { } due ? $"due {due.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC" : null, value.Run, value.Words]).Where(text => text is not null))}".TrimEnd();
        lock (gate)
        {
            to.WriteLine(line);
            to.Flush();
        }
    }
}
