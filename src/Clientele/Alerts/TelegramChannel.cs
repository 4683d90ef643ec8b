using System.Text.Json;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Alerts;

/// <summary>A message of a Telegram bot: its method sendMessage.</summary>
internal sealed class TelegramChannel(AlertSettings settings, string workspace) : IAlertChannel
{
    public Task Send(Alert alert, CancellationToken cancel)
    {
        string token = AlertSecret.Of(settings, workspace)!;
        if (!token.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-' or '_'))
            throw new ProblemException(new("alerts/secret", $"The secret of '{settings.Name}' is no bot's token.", "Put the token there that BotFather gave, such as 123456:ABC-def."));
        return OutboundHttp.Post(new(new Uri(settings.Url!.TrimEnd('/') + "/"), new Uri($"./bot{token}/sendMessage", UriKind.Relative)),
            JsonSerializer.SerializeToUtf8Bytes(new { chat_id = settings.Chat, text = alert.Text, disable_web_page_preview = true }), _ => { }, settings.AllowPrivate, cancel);
    }
}
