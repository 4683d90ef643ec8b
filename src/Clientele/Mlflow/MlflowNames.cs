using System.Text;

namespace Clientele.Mlflow;

/// <summary>Names that every MLflow server takes: letters, digits, _ - . / and spaces, 250 at most, and normal as a path.</summary>
internal static class MlflowNames
{
    private const int Longest = 250;

    /// <summary>The name as it is where it may stay so; else with what may not be in it as _hex_, so that no two become one.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
            if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '-' or '.' or '/' or ' '))
                text.Append((char)rune.Value);
            else
                text.Append('_').Append(rune.Value.ToString("x", System.Globalization.CultureInfo.InvariantCulture)).Append('_');
        string made = IsNormal(text.ToString()) ? text.ToString() : text.Replace("/", "_2f_").ToString() is var flat && flat is "." or ".." ? $"_{flat}" : flat;
        return made.Length <= Longest ? made : $"{made[..(Longest - 17)]}_{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]}";
    }

    private static bool IsNormal(string name) => name.Split('/').All(part => part is not ("" or "." or ".."));
}
