using System.Security.Cryptography;
using System.Text;
using Clientele.Artifacts;
using Clientele.Sources;

namespace Clientele.Schedules;

/// <summary>Sees when the files of schedules have changed and then stayed as they are for a while.</summary>
/// <param name="folder">What relative paths start from: the workspace.</param>
public sealed class FileWatch(string folder)
{
    private readonly Dictionary<string, Sight> sights = new(StringComparer.Ordinal);

    /// <summary>Digest of the names and bytes that a name finds now.</summary>
    /// <param name="files">A path, glob or folder.</param>
    public async Task<string> Digest(string files, CancellationToken cancel = default)
    {
        var list = new StringBuilder();
        foreach (string path in SourceFiles.Matching(folder, files))
            list.Append(await ObjectNames.DigestOf(path, cancel)).Append(' ').Append(Path.GetRelativePath(folder, path)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString())));
    }

    /// <summary>Makes a run for every schedule whose files are news.</summary>
    internal async Task<IReadOnlyList<DueRun>> Look(ScheduleBook book, Leadership? leader, CancellationToken cancel)
    {
        var made = new List<DueRun>();
        foreach (var schedule in await book.All(cancel))
            if (schedule is { Files: { } files, Paused: false } && HasSettled(schedule, files, book.Clock.GetUtcNow()))
            {
                string signature = Signature(files), digest = await Digest(files, cancel);
                if (signature != Signature(files))
                    continue;       // changed while it was read: it has not settled after all
                if (await book.Seen(schedule.Name, cancel) != digest && await book.PlanFor(schedule.Name, digest, leader, cancel) is { } run)
                    made.Add(run);
                sights[schedule.Name] = sights[schedule.Name] with { Told = true };
            }
        return made;
    }

    private bool HasSettled(Schedule schedule, string files, DateTimeOffset now)
    {
        string signature = Signature(files);
        if (!sights.TryGetValue(schedule.Name, out var sight) || sight.Signature != signature || now < sight.Since)
        {
            sights[schedule.Name] = sight = new(signature, now, Told: false);
            return schedule.Settled == TimeSpan.Zero;
        }
        return !sight.Told && now - sight.Since >= schedule.Settled;
    }

    // Cheap: lengths and times; bytes are read when these have stayed as they are.
    private string Signature(string files) => string.Join('\n', SourceFiles.Matching(folder, files).Select(path => new FileInfo(path)).Select(file => $"{file.FullName} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}"));

    private sealed record Sight(string Signature, DateTimeOffset Since, bool Told);
}
