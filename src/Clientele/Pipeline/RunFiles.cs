namespace Clientele.Pipeline;

/// <summary>Outputs of steps that are files of the run's folder, among those that only later steps read.</summary>
internal static class RunFiles
{
    private const string Prefix = "run/";

    public static string Published(string name) => Prefix + name;

    /// <summary>The name in the run's folder, or null.</summary>
    public static string? NameOf(string output) => output.StartsWith(Prefix, StringComparison.Ordinal) ? output[Prefix.Length..] : null;
}
