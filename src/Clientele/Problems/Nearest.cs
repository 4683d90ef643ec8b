namespace Clientele.Problems;

/// <summary>Finds what was probably meant.</summary>
public static class Nearest
{
    /// <summary>The valid word with the least edit distance to <paramref name="word"/>, if that is at most a third of its length (at least 2); of equally near ones what begins like it. Else null.</summary>
    public static string? To(string word, IEnumerable<string> valid)
    {
        var best = valid
            .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.Distance).ThenByDescending(pair => word.AsSpan().CommonPrefixLength(pair.Candidate)).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Candidate is not null && best.Distance <= Math.Max(2, word.Length / 3) ? best.Candidate : null;
    }

    // Levenshtein (1966): insertions, deletions and substitutions cost 1 each.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
