using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using Clientele.Settings;

namespace Clientele.Alerts;

/// <summary>Mail by SMTP, encrypted by STARTTLS unless the settings say otherwise.</summary>
internal sealed class EmailChannel(AlertSettings settings, string workspace) : IAlertChannel
{
    public const int SubmissionPort = 587;

    public async Task Send(Alert alert, CancellationToken cancel)
    {
        var server = new Uri(settings.Url!);
        string user = Uri.UnescapeDataString(server.UserInfo);
        try
        {
            _ = await OutboundHttp.Addresses(server.Host, settings.AllowPrivate, cancel);
            using var client = new SmtpClient(server.Host, server.Port > 0 ? server.Port : SubmissionPort) { EnableSsl = settings.StartTls };
            if (user.Length > 0)
                client.Credentials = new NetworkCredential(user, AlertSecret.Of(settings, workspace));
            using var mail = new MailMessage { From = new(settings.From!), Subject = $"Clientele: {alert.Type}", Body = $"{alert.Text}\n\n{string.Join('\n', alert.Data.Select(fact => $"{fact.Key}: {fact.Value}"))}\n" };
            foreach (string to in settings.To)
                mail.To.Add(to);
            mail.Headers.Add("Message-ID", $"<{alert.Id}@{mail.From.Host}>");
            mail.Headers.Add("Auto-Submitted", "auto-generated");
            await client.SendMailAsync(mail, cancel);
        }
        catch (Exception failed) when (failed is SmtpException or SocketException or AuthenticationException or IOException)
        {
            throw new DeliveryException(
                failed.InnerException is AuthenticationException || failed is AuthenticationException ? "Its certificate is not trusted, or it offers no STARTTLS."
                : failed is SmtpException { StatusCode: > 0 } refused ? $"It answered {(int)refused.StatusCode} ({refused.StatusCode})." : "It could not be reached.", inner: failed);
        }
    }
}
