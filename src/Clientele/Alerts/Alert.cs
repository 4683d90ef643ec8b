using System.Security.Cryptography;
using System.Text;
using Clientele.Settings;

namespace Clientele.Alerts;

/// <summary>Something that happened, as it is told. It holds no personal data.</summary>
/// <param name="Id">The same for every attempt to deliver it: who gets it twice knows it by that.</param>
/// <param name="Type">One of <see cref="AlertTypes"/>.</param>
/// <param name="Text">A sentence for people.</param>
/// <param name="Data">The same for programs.</param>
public sealed record Alert(string Id, string Type, DateTimeOffset At, string Text, IReadOnlyDictionary<string, string> Data)
{
    /// <summary>An id that is the same for the same happening, and no other's.</summary>
    internal static string IdOf(string shop, string happening, DateTimeOffset at) =>
        $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{shop}\n{happening}\n{at.ToUnixTimeMilliseconds()}")))[..32]}";
}

/// <summary>What an alert may tell of.</summary>
public static class AlertTypes
{
    public const string RunFailed = "run.failed", RunCrashed = "run.crashed", DriftFound = "drift.found", ModelPromoted = "model.promoted", ModelRolledBack = "model.rolled_back", Test = "alert.test";

    /// <summary>Whether a channel wants to be told.</summary>
    internal static bool Wants(this AlertSettings channel, string type) => type switch
    {
        RunFailed or RunCrashed => channel.On.Contains(AlertSettings.Failure),
        DriftFound => channel.On.Contains(AlertSettings.Drift),
        ModelPromoted or ModelRolledBack => channel.On.Contains(AlertSettings.Promotion),
        _ => true,
    };
}
