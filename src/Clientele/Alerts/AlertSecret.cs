using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Alerts;

/// <summary>The secret of a channel, from the environment or a file and nowhere else. It is read when it is used, so that it can be changed at any time.</summary>
internal static class AlertSecret
{
    /// <summary>Null: the settings name none.</summary>
    /// <exception cref="ProblemException"><c>alerts/secret</c>: what they name is not there.</exception>
    public static string? Of(AlertSettings channel, string workspace)
    {
        if (channel.SecretVariable is { } variable)
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
                ? value.Trim() : throw Missing(channel, $"The environment has no {variable}.", $"Set {variable} for the process that sends alerts.");
        if (channel.SecretFile is not { } file)
            return null;
        string path = Path.GetFullPath(Path.Combine(workspace, file));
        try
        {
            return File.ReadLines(path).FirstOrDefault()?.Trim() is { Length: > 0 } line ? line : throw Missing(channel, $"{path} is empty.", "Put the secret in its first line.");
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw Missing(channel, $"{path} cannot be read.", "Check 'secret_file', and that this user may read it.");
        }
    }

    private static ProblemException Missing(AlertSettings channel, string what, string remedy) => new(new("alerts/secret", $"The secret of '{channel.Name}' is missing: {what}", remedy));
}
