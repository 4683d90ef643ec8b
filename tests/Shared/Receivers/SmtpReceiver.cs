using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Clientele.Tests.Receivers;

/// <summary>A mail server on this machine that keeps what it gets (RFC 5321), with STARTTLS (RFC 3207) and AUTH LOGIN where it has a certificate.</summary>
internal sealed class SmtpReceiver : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? certificate;

    public SmtpReceiver(X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        listener.Start();
        _ = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public ConcurrentQueue<string> Mails { get; } = [];
    /// <summary>User and password of each login.</summary>
    public ConcurrentQueue<string> Logins { get; } = [];
    /// <summary>Whether a mail came over an encrypted line.</summary>
    public bool Encrypted { get; private set; }

    public void Dispose() => listener.Dispose();

    private async Task Listen()
    {
        try
        {
            while (true)
                _ = Serve(await listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        try
        {
            Stream line = client.GetStream();
            await Say(line, "220 receiver");
            while (await Hear(line) is { } command)
                switch (command.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await Say(line, certificate is null ? "250 receiver" : line is SslStream ? "250-receiver\r\n250 AUTH LOGIN" : "250-receiver\r\n250 STARTTLS");
                        break;
                    case "STARTTLS":
                        await Say(line, "220 go on");
                        var secure = new SslStream(line);
                        await secure.AuthenticateAsServerAsync(certificate!);
                        line = secure;
                        break;
                    case "AUTH":
                        string user = command.Split(' ') is [_, _, var given] ? given : "";
                        if (user.Length == 0)
                        {
                            await Say(line, "334 VXNlcm5hbWU6");
                            user = (await Hear(line))!;
                        }
                        await Say(line, "334 UGFzc3dvcmQ6");
                        Logins.Enqueue($"{Text(user)} {Text((await Hear(line))!)}");
                        await Say(line, "235 welcome");
                        break;
                    case "DATA":
                        await Say(line, "354 go on");
                        var mail = new StringBuilder();
                        while (await Hear(line) is { } text && text != ".")
                            mail.Append(text).Append('\n');
                        Encrypted = line is SslStream;
                        Mails.Enqueue($"{mail}");
                        await Say(line, "250 taken");
                        break;
                    case "QUIT":
                        await Say(line, "221 bye");
                        return;
                    default:
                        await Say(line, "250 fine");
                        break;
                }
        }
        catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The other side did not like it.
        }
    }

    private static string Text(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private static async Task Say(Stream line, string text) => await line.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"));

    private static async Task<string?> Hear(Stream line)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (await line.ReadAsync(one) == 1)
            if (one[0] == '\n')
                return text.ToString().TrimEnd('\r');
            else
                text.Append((char)one[0]);
        return null;
    }
}
