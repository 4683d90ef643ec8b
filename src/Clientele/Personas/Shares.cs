namespace Clientele.Personas;

/// <summary>Parts of a whole in six decimals that sum to 1 exactly: the largest remainders are rounded up.</summary>
internal static class Shares
{
    private const int Whole = 1_000_000;

    /// <returns>Null when the whole is not above zero.</returns>
    public static decimal[]? Of(IReadOnlyList<decimal> parts)
    {
        decimal total = parts.Sum();
        if (total <= 0)
            return null;
        var exact = parts.Select(part => part / total * Whole).ToArray();
        var shares = exact.Select(decimal.Floor).ToArray();
        int missing = (int)(Whole - shares.Sum());
        foreach (int i in Enumerable.Range(0, parts.Count).OrderByDescending(i => exact[i] - shares[i]).ThenBy(i => i).Take(missing))
            shares[i]++;
        return [.. shares.Select(share => share / Whole)];
    }
}
