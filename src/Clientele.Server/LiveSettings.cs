using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Server;

/// <summary>The section <c>serve</c> of <c>clientele.yaml</c> while the service is at work: most of it counts as soon as it is written, the rest when the service starts again. A file that is wrong changes nothing.</summary>
/// <param name="first">As it was when the service started.</param>
internal sealed class LiveSettings(string workspace, ServeSettings first)
{
    /// <summary>What the service was built with, and cannot change without its callers noticing: the name in the file, and what it says.</summary>
    private static readonly IReadOnlyList<(string Name, Func<ServeSettings, object?> Of)> Fixed =
    [
        ("hosts", settings => string.Join(' ', settings.Hosts)), ("max_body_mib", settings => settings.MaxBodyMib),
        ("batch_folder", settings => settings.BatchFolder), ("batch_mib", settings => settings.BatchMib), ("batch_rows", settings => settings.BatchRows),
        ("batch_waiting", settings => settings.BatchWaiting), ("batch_days", settings => settings.BatchDays),
    ];

    private readonly string file = Path.Combine(workspace, SettingsFile.Name);
    private readonly ServeSettings atStart = first;
    private string seen = "";
    private volatile ServeSettings now = first;

    /// <summary>What counts now. Only <see cref="Look"/> changes it.</summary>
    public ServeSettings Now => now;

    /// <summary>What is wrong with the file as it is now; null: it was taken over.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Settings that were changed and count only when the service starts again, by their names in the file.</summary>
    public IReadOnlyList<string> Waiting { get; private set; } = [];

    /// <summary>Reads the file, where it is another than before.</summary>
    public void Look()
    {
        try
        {
            string text = File.ReadAllText(file);
            if (text == seen)
            {
                Problem = null;
                return;
            }
            var settings = SettingsFile.Load(workspace).Serve;
            (seen, Problem, Waiting) = (text, null, [.. Fixed.Where(one => !Equals(one.Of(settings), one.Of(atStart))).Select(one => one.Name)]);
            now = settings with
            {
                Hosts = atStart.Hosts,
                MaxBodyMib = atStart.MaxBodyMib,
                BatchFolder = atStart.BatchFolder,
                BatchMib = atStart.BatchMib,
                BatchRows = atStart.BatchRows,
                BatchWaiting = atStart.BatchWaiting,
                BatchDays = atStart.BatchDays,
            };
        }
        catch (ProblemException wrong)
        {
            Problem = wrong.Problem;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Problem = new("config/unreadable", $"{file} cannot be read: {unreadable.Message}", "Give this user the right to read it.");
        }
    }
}
