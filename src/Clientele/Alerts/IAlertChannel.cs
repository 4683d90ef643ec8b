using Clientele.Settings;

namespace Clientele.Alerts;

/// <summary>A way to somebody.</summary>
internal interface IAlertChannel
{
    /// <exception cref="DeliveryException">The receiver did not take it.</exception>
    /// <exception cref="Problems.ProblemException"><c>alerts/*</c>: the settings, a secret or the address will not do.</exception>
    Task Send(Alert alert, CancellationToken cancel);
}

internal static class AlertChannels
{
    /// <param name="workspace">What the paths of secrets start from.</param>
    public static IAlertChannel Of(AlertSettings settings, string workspace, TimeProvider clock) => settings.Kind switch
    {
        AlertSettings.Slack => new SlackChannel(settings, workspace),
        AlertSettings.Telegram => new TelegramChannel(settings, workspace),
        AlertSettings.Email => new EmailChannel(settings, workspace),
        _ => new WebhookChannel(settings, workspace, clock),
    };
}

/// <summary>A receiver did not take an alert; later it may.</summary>
/// <param name="after">How long it asked to be left alone; null: it didn't.</param>
internal sealed class DeliveryException(string what, TimeSpan? after = null, Exception? inner = null) : Exception(what, inner)
{
    public TimeSpan? After { get; } = after;
}
