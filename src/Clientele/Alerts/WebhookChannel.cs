using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Alerts;

/// <summary>A signed call of one's own service. Source: Standard Webhooks 1.0, https://www.standardwebhooks.com.</summary>
internal sealed class WebhookChannel(AlertSettings settings, string workspace, TimeProvider clock) : IAlertChannel
{
    private const string Prefix = "whsec_";

    public Task Send(Alert alert, CancellationToken cancel)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { type = alert.Type, timestamp = alert.At.UtcDateTime, data = alert.Data.Append(new("text", alert.Text)).ToDictionary() });
        string sent = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string signature = Sign(Key(), alert.Id, sent, body);
        return OutboundHttp.Post(new(settings.Url!), body, headers =>
        {
            headers.Add("webhook-id", alert.Id);
            headers.Add("webhook-timestamp", sent);
            headers.Add("webhook-signature", signature);
        }, settings.AllowPrivate, cancel);
    }

    /// <summary><c>v1,</c> and the HMAC-SHA256 of <c>id.timestamp.body</c> in base64.</summary>
    internal static string Sign(byte[] key, string id, string timestamp, byte[] body) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]))}";

    private byte[] Key()
    {
        string secret = AlertSecret.Of(settings, workspace)!;
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret, key, out int length) && length is >= 24 and <= 64
            ? key[..length]
            : throw new ProblemException(new("alerts/secret", $"The secret of '{settings.Name}' cannot sign.", $"It is {Prefix} and 24 to 64 random bytes in base64, as from: echo {Prefix}$(head -c 32 /dev/urandom | base64)"));
    }
}
