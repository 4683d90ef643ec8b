using System.Text.Json;

namespace Clientele.Tests.Attacks;

/// <summary>What holds of every answer, whatever was asked.</summary>
internal static class Soundness
{
    // What a stack trace, a library's message, a path of this machine, a foreign file or a secret would look like.
    private static readonly string[] Leaks =
    [
        "   at ", "Exception", "System.", "Microsoft.", "Clientele.Server", ".cs:", "StackTrace", "SQLite", "Npgsql", "no such table", "syntax error", "root:x:", "root:*:", "[fonts]", "uid=", "Kestrel", "clientele-served-", "clientele.db", "/bin/", "/usr/", "digest FROM",
    ];

    /// <param name="sent">For the message. What it holds may come back, so it is no leak.</param>
    public static void Check(Exchange answer, string sent)
    {
        string seen = $"{answer.Head}\n{answer.Body}";
        // 505 is the server's word for what is not HTTP/1.1.
        Assert.True(answer.Status is 0 or (>= 200 and < 500) || (answer.Status == 505 && answer.Body.Length == 0), $"{answer.Status} to {Short(sent)}: {Short(seen)}");
        foreach (string leak in Leaks)
            Assert.False(seen.Contains(leak, StringComparison.Ordinal) && !sent.Contains(leak, StringComparison.Ordinal), $"'{leak}' in the answer to {Short(sent)}: {Short(seen)}");
        // The server itself refuses what is no HTTP, without a word.
        if (answer.Status >= 400 && answer.Body.Length > 0)
            Assert.True(IsError(answer.Body), $"No error that a program could read, to {Short(sent)}: {Short(seen)}");
    }

    // Problem details, or the words of the protocol in which was asked.
    private static bool IsError(string body)
    {
        try
        {
            var root = JsonDocument.Parse(body).RootElement;
            return root.ValueKind == JsonValueKind.Object && (root.TryGetProperty("error", out _) || root.TryGetProperty("error_code", out _) || root.TryGetProperty("detail", out _)) && !root.TryGetProperty("stack", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Short(string text) => text.Length > 600 ? text[..600] + "…" : text;
}
