using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Clientele.Alerts;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Tests.Receivers;

namespace Clientele.Tests.Alerts;

public sealed class ChannelsTests : IDisposable
{
    private static readonly Alert Happened = new("msg_1", AlertTypes.RunFailed, new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), "shop: the run <1> & more failed.", new Dictionary<string, string> { ["run"] = "1" });
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-channels-").FullName;
    private readonly HttpReceiver receiver = new();

    public void Dispose()
    {
        receiver.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_webhook_is_signed_as_the_standard_says() =>      // source: the example of Standard Webhooks' reference libraries
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookChannel.Sign(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"u8.ToArray()));

    [Fact]
    public async Task A_receiver_can_check_who_called_and_when()
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        Secret($"whsec_{Convert.ToBase64String(key)}");
        await Send(AlertSettings.Webhook);

        var call = Assert.Single(receiver.Calls);
        string signed = $"{call.Headers["webhook-id"]}.{call.Headers["webhook-timestamp"]}.{call.Body}";
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)))}", call.Headers["webhook-signature"]);
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(call.Headers["webhook-timestamp"]), 0, 60);
        Assert.Equal("msg_1", call.Headers["webhook-id"]);
        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(("run.failed", "2026-03-01T08:00:00Z", "1"), (body.GetProperty("type").GetString(), body.GetProperty("timestamp").GetString(), body.GetProperty("data").GetProperty("run").GetString()));
    }

    [Theory, InlineData(""), InlineData("whsec_"), InlineData("whsec_c2hvcnQ="), InlineData("whsec_!!"), InlineData("password")]
    public async Task A_secret_that_cannot_sign_is_refused_and_not_shown(string secret)
    {
        Secret(secret);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Send(AlertSettings.Webhook));

        Assert.Equal("alerts/secret", refused.Problem.Kind);
        if (secret.Length > 6)
            Assert.DoesNotContain(secret, refused.Problem.What, StringComparison.Ordinal);
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task Slack_gets_a_text_at_its_secret_address()
    {
        Secret($"{receiver.Address}/services/T0/B0/x");
        await Send(AlertSettings.Slack, url: null);

        var call = Assert.Single(receiver.Calls);
        Assert.Equal("/services/T0/B0/x", call.Path);
        Assert.Equal("shop: the run &lt;1&gt; &amp; more failed.", JsonDocument.Parse(call.Body).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Telegram_gets_a_message_of_the_bot_for_the_chat()
    {
        Secret("123456:ABC-def_1");
        await Send(AlertSettings.Telegram);

        var call = Assert.Single(receiver.Calls);
        Assert.Equal("/bot123456:ABC-def_1/sendMessage", call.Path);
        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(("-1001", Happened.Text), (body.GetProperty("chat_id").GetString(), body.GetProperty("text").GetString()));
    }

    [Theory, InlineData("../../x"), InlineData("1:a/../b"), InlineData("1:a?b"), InlineData("1:a b")]
    public async Task A_token_cannot_lead_elsewhere(string token)
    {
        Secret(token);
        Assert.Equal("alerts/secret", (await Assert.ThrowsAsync<ProblemException>(() => Send(AlertSettings.Telegram))).Problem.Kind);
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task Mail_is_sent_with_an_id_that_stays_the_same()
    {
        using var server = new SmtpReceiver();
        await Mail(server, starttls: false);

        string mail = Assert.Single(server.Mails);
        Assert.Contains("<msg_1@example.com>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Subject: Clientele: run.failed", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("team@example.com", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_goes_nowhere_where_encryption_is_not_offered_or_not_trusted()
    {
        using var plain = new SmtpReceiver();
        await Assert.ThrowsAsync<DeliveryException>(() => Mail(plain, starttls: true));
        using var certificate = Certificate();
        using var untrusted = new SmtpReceiver(certificate);
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => Mail(untrusted, starttls: true));

        Assert.Contains("certificate", refused.Message, StringComparison.Ordinal);
        Assert.Empty(plain.Mails);
        Assert.Empty(untrusted.Mails);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Secret($"{receiver.Address}/here");
        using var elsewhere = new HttpReceiver();
        (receiver.Answer, receiver.Header) = (307, ("Location", elsewhere.Address));

        Assert.Contains("307", (await Assert.ThrowsAsync<DeliveryException>(() => Send(AlertSettings.Slack, url: null))).Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Calls);
    }

    [Theory, InlineData("127.0.0.1"), InlineData("localhost"), InlineData("[::1]"), InlineData("[::ffff:127.0.0.1]"), InlineData("2130706433"), InlineData("0x7f.1")]
    public async Task A_private_address_is_called_only_where_that_is_allowed(string host)
    {
        Secret($"http://{host}:{new Uri(receiver.Address).Port}/");

        Assert.Equal("alerts/private-address", (await Assert.ThrowsAsync<ProblemException>(() => Send(AlertSettings.Slack, url: null, allowPrivate: false))).Problem.Kind);
        Assert.Empty(receiver.Calls);
    }

    [Theory]
    [InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("0.0.0.0"), InlineData("224.0.0.1")]
    [InlineData("255.255.255.255"), InlineData("::"), InlineData("::1"), InlineData("fe80::1"), InlineData("fd00::1"), InlineData("::ffff:10.0.0.1"), InlineData("64:ff9b::a9fe:a9fe"), InlineData("2002:7f00:1::"), InlineData("ff02::1")]
    public void These_addresses_are_private(string address) => Assert.True(PrivateAddress.Is(IPAddress.Parse(address)));

    [Theory, InlineData("8.8.8.8"), InlineData("172.32.0.1"), InlineData("100.128.0.1"), InlineData("2606:4700::1111"), InlineData("::ffff:8.8.8.8"), InlineData("64:ff9b::808:808")]
    public void These_addresses_are_not(string address) => Assert.False(PrivateAddress.Is(IPAddress.Parse(address)));

    private void Secret(string text) => File.WriteAllText(Path.Combine(folder, "secret"), text);

    private Task Send(string kind, string? url = "", bool allowPrivate = true) => AlertChannels.Of(
        new("channel", kind, [AlertSettings.Failure]) { Url = url == "" ? receiver.Address : url, SecretFile = "secret", Chat = "-1001", AllowPrivate = allowPrivate }, folder, TimeProvider.System).Send(Happened, TestContext.Current.CancellationToken);

    private Task Mail(SmtpReceiver server, bool starttls) => AlertChannels.Of(
        new("mail", AlertSettings.Email, [AlertSettings.Failure]) { Url = $"smtp://127.0.0.1:{server.Port}", From = "clientele@example.com", To = ["team@example.com"], StartTls = starttls, AllowPrivate = true }, folder, TimeProvider.System)
        .Send(Happened, TestContext.Current.CancellationToken);

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
