using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Server.Challengers;

/// <summary>Who is to be tried, as <c>clientele.yaml</c> says now. A file that is wrong changes nothing.</summary>
/// <param name="first">As it said when the service started.</param>
internal sealed class TrialSettings(string workspace, ServeSettings first)
{
    private readonly string file = Path.Combine(workspace, SettingsFile.Name);
    private string seen = "";
    private (CanarySettings, string?) now = (first.Canary, first.Shadow);

    /// <summary>What is wrong with the file as it is now; null: it was taken over.</summary>
    public Problem? Problem { get; private set; }

    public (CanarySettings Canary, string? Shadow) Now()
    {
        try
        {
            string text = File.ReadAllText(file);
            if (text == seen)
                return now;
            var settings = SettingsFile.Load(workspace).Serve;
            (now, seen, Problem) = ((settings.Canary, settings.Shadow), text, null);
        }
        catch (ProblemException wrong)
        {
            Problem = wrong.Problem;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Problem = new("config/unreadable", $"{file} cannot be read: {unreadable.Message}", "Give this user the right to read it.");
        }
        return now;
    }
}
