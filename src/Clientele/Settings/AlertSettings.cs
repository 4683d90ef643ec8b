namespace Clientele.Settings;

/// <summary>A channel by which somebody is told what happened.</summary>
public sealed record AlertSettings(string Name, string Kind, IReadOnlyList<string> On)
{
    /// <summary>Kinds.</summary>
    public const string Webhook = "webhook", Slack = "slack", Telegram = "telegram", Email = "email";
    /// <summary>What may be told of.</summary>
    public const string Failure = "failure", Drift = "drift", Promotion = "promotion";

    /// <summary>http or https; for e-mail <c>smtp://user@host:587</c>. Null for Slack where the secret is the address.</summary>
    public string? Url { get; init; }
    /// <summary>Environment variable that holds the secret: a webhook's signing key, Slack's address, Telegram's token, the mail server's password.</summary>
    public string? SecretVariable { get; init; }
    /// <summary>In its place: a file whose first line is the secret, relative to the workspace.</summary>
    public string? SecretFile { get; init; }
    /// <summary>Telegram's chat.</summary>
    public string? Chat { get; init; }
    /// <summary>E-mail's sender and receivers.</summary>
    public string? From { get; init; }
    public IReadOnlyList<string> To { get; init; } = [];
    /// <summary>Whether mail is sent encrypted only.</summary>
    public bool StartTls { get; init; } = true;
    /// <summary>Whether the address may lead to this machine or a private network.</summary>
    public bool AllowPrivate { get; init; }

    internal bool HasSecret => SecretVariable is not null || SecretFile is not null;
}
