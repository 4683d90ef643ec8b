using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Clientele.Tests.Receivers;

namespace Clientele.Tests.Cli;

public sealed class AlertsTests
{
    [Fact]
    public async Task A_run_that_fails_is_told_and_what_is_not_taken_waits()
    {
        using var folder = new TempFolder();
        using var receiver = new HttpReceiver();
        await Shop(folder, "");
        Assert.Contains("under 'alerts:'", await CliProcess.Succeed(folder.Path, "alerts", "list", "-w", "shop"), StringComparison.Ordinal);
        await Shop(folder, $"alerts:\n  - {{name: team, kind: slack, url: \"{receiver.Address}\", allow_private: true}}\n");
        await CliProcess.Succeed(folder.Path, "alerts", "test", "team", "-w", "shop");
        Assert.Contains("test of the channel", Assert.Single(receiver.Calls).Body, StringComparison.Ordinal);
        Assert.Equal(1, (await CliProcess.Run(folder.Path, "alerts", "test", "nobody", "-w", "shop")).ExitCode);
        receiver.Answer = 503;
        File.WriteAllText(folder["orders.csv"], "customer,ordered_at\n");

        var run = await CliProcess.Run(folder.Path, "run", "shop", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'team' did not take an alert; it waits", run.Error, StringComparison.Ordinal);
        Assert.Contains("run.failed", receiver.Calls.Count > 1 ? await CliProcess.Succeed(folder.Path, "alerts", "list", "-w", "shop") : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_is_encrypted_and_logged_in_to_with_a_password_from_a_file()
    {
        using var folder = new TempFolder();
        using var certificate = Certificate();
        using var server = new SmtpReceiver(certificate);
        File.WriteAllText(folder["trusted.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["password"], "s3cret\n");
        await Shop(folder, $"alerts:\n  - {{kind: email, url: \"smtp://shop@localhost:{server.Port}\", secret_file: ../password, from: a@example.com, to: b@example.com, allow_private: true}}\n");

        var sent = await CliProcess.Run(folder.Path, new Dictionary<string, string?> { ["SSL_CERT_FILE"] = folder["trusted.pem"] }, "alerts", "test", "-w", "shop");

        Assert.True(sent.ExitCode == 0, sent.Error + sent.Output);
        Assert.True(server.Encrypted);
        Assert.Equal("shop s3cret", Assert.Single(server.Logins));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task What_is_wrong_with_a_channel_is_said_with_its_place()
    {
        using var folder = new TempFolder();
        await Shop(folder, """
            alerts:
              - {kind: webhook, url: "ftp://example.com", secret_env: X}
              - {name: chat, kind: telegram, secret_env: X}
              - {name: post, kind: email, url: "smtp://me:secret@example.com", from: nobody, to: [b@example.com], secret_env: X}
              - {name: post, kind: slack, on: [failures]}

            """);

        var check = await CliProcess.Run(folder.Path, "config", "check", "shop");

        Assert.Equal(1, check.ExitCode);
        foreach (string said in (string[])["begins with http:// or https://", "'chat' is missing", "A password does not belong in 'url'", "'nobody' is no mail address", "two channels named 'post'", "'failures' is not a value of 'on'", "'secret_env' is missing"])
            Assert.Contains(said, check.Error, StringComparison.Ordinal);
    }

    private static async Task Shop(TempFolder folder, string alerts)
    {
        if (!File.Exists(folder["orders.csv"]))
        {
            await CliProcess.Succeed(folder.Path, "data", "generate", ".", "--customers", "100", "--quiet");
            await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");
        }
        await File.AppendAllTextAsync(folder["shop", "clientele.yaml"], $"\n{alerts}");
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
