using System.Text.Json;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Alerts;

/// <summary>An incoming webhook of Slack, or of what takes the same: <c>{"text": …}</c>. Its address is its secret.</summary>
internal sealed class SlackChannel(AlertSettings settings, string workspace) : IAlertChannel
{
    public Task Send(Alert alert, CancellationToken cancel)
    {
        string address = settings.Url ?? AlertSecret.Of(settings, workspace)!;
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? OutboundHttp.Post(url, JsonSerializer.SerializeToUtf8Bytes(new { text = Escape(alert.Text) }), _ => { }, settings.AllowPrivate, cancel)
            : throw new ProblemException(new("alerts/secret", $"The secret of '{settings.Name}' is no address.", "Put the whole address of Slack's incoming webhook there: https://hooks.slack.com/services/…"));
    }

    // The three characters that Slack's text takes for its own.
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
