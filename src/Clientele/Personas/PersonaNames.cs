using System.Text;

namespace Clientele.Personas;

/// <summary>Gives every segment an archetype, a word that fits it, and a first name beginning alike.</summary>
/// <param name="Lot">Decides between words that fit equally: the same lot, the same names.</param>
internal sealed record PersonaNames(ulong Lot)
{
    /// <summary>An archetype's second use is worth this much of its first, so that segments get different ones where they can.</summary>
    private const double SecondUse = 0.15;
    private const double PlainFit = 0.02;

    /// <summary>Of the archetypes that fit, the distinct ones with the highest sum of fits.</summary>
    public static IReadOnlyList<Archetype> Assign(IReadOnlyList<SegmentFacts> segments)
    {
        Archetype[] offered =
        [
            .. Archetypes.All, .. Archetypes.All, .. Enumerable.Repeat(Archetypes.Plain, segments.Count),
        ];
        var gains = new double[segments.Count, offered.Length];
        for (int s = 0; s < segments.Count; s++)
            for (int a = 0; a < offered.Length; a++)
                gains[s, a] = offered[a] == Archetypes.Plain ? PlainFit
                    : offered[a].Fit(segments[s]) is { } fit ? a < Archetypes.All.Count ? fit : SecondUse * fit
                    : -1e6;
        return [.. Assignment.Best(gains).Select(a => offered[a])];
    }

    /// <summary>Names in the order of the archetypes, no word and no first name twice.</summary>
    public IReadOnlyList<string> For(IReadOnlyList<Archetype> archetypes)
    {
        var taken = new HashSet<string>();
        var names = new List<string>();
        foreach (var archetype in archetypes)
        {
            string epithet = Draw(archetype.Epithets.Concat(Archetypes.Plain.Epithets), taken, archetype.Epithets.Count);
            string first = Draw(FirstNames.StartingWith(epithet[0]).Concat(FirstNames.All), taken, FirstNames.StartingWith(epithet[0]).Count);
            names.Add($"{epithet} {first}");
        }
        return names;
    }

    /// <summary>Drawn among the first <paramref name="preferred"/> words while one is free, then among the others.</summary>
    private string Draw(IEnumerable<string> words, HashSet<string> taken, int preferred)
    {
        string? drawn = words.Select((word, place) => (Word: word, Late: place >= preferred))
            .Where(w => !taken.Contains(w.Word)).OrderBy(w => w.Late).ThenBy(w => Draw(w.Word)).Select(w => w.Word).FirstOrDefault();
        if (drawn is null)
            throw new InvalidOperationException($"There are no words left to name a persona after {taken.Count / 2}.");
        taken.Add(drawn);
        return drawn;
    }

    private ulong Draw(string word) => Hash(word, Lot);

    /// <summary>A lot from whatever tells one workspace and its data from another.</summary>
    public static PersonaNames From(params IEnumerable<object> distinctions) =>
        new(Hash(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{string.Join('\n', distinctions.Select(d => FormattableString.Invariant($"{d}")))}"), 0));

    /// <remarks>FNV-1a, 64 bits, with the finaliser of SplitMix64.</remarks>
    private static ulong Hash(string text, ulong seed)
    {
        ulong hash = 14695981039346656037UL ^ seed;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 1099511628211UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }
}
