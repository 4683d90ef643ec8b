using System.Security.Cryptography;
using System.Text;

namespace Clientele.Access;

/// <summary>How a key is written: <c>clientele_</c>, its id, and 256 random bits. Known by its beginning wherever it is left lying about.</summary>
internal static class KeyText
{
    private const string Beginning = "clientele_";
    private const int IdBytes = 6, SecretBytes = 32;
    private const int Length = 10 + IdBytes * 2 + 1 + SecretBytes * 2;

    public static (string Id, string Text) New()
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return (id, $"{Beginning}{id}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <summary>The id in what is perhaps a key; null: it is none.</summary>
    public static string? IdOf(string text) =>
        text.Length == Length && text.StartsWith(Beginning, StringComparison.Ordinal) && text[Beginning.Length + IdBytes * 2] == '_' ? text.Substring(Beginning.Length, IdBytes * 2) : null;

    /// <summary>What is kept in place of the text. With 256 random bits one round is enough: there is nothing to guess.</summary>
    public static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
