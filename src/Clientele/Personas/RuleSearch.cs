using Clientele.Features;

namespace Clientele.Personas;

/// <summary>Finds short rules for segments: a beam search that tries every threshold of every feature by one histogram per feature.</summary>
/// <param name="thresholds">One per feature that a rule may use.</param>
/// <param name="labels">n, 0 … k−1.</param>
internal sealed class RuleSearch(IReadOnlyList<Thresholds> thresholds, IReadOnlyList<int> labels)
{
    private const int MostConditions = 3;
    private const int Beam = 6;
    /// <summary>Rules are sought among this many customers, spread evenly, and measured on all.</summary>
    private const int Sought = 50_000;

    /// <summary>A further condition must raise F1 by this much to be worth its words.</summary>
    private const double Worth = 0.01;

    private readonly int[] labels = [.. labels];
    private readonly int[] sample = [.. Enumerable.Range(0, Math.Min(labels.Count, Sought)).Select(i => (int)((long)i * labels.Count / Math.Min(labels.Count, Sought)))];

    /// <param name="Cut">Index into the feature's thresholds.</param>
    private readonly record struct Condition(int Feature, int Cut, bool AtLeast);

    private sealed record Candidate(Condition[] Conditions, int Matches, int Hits, double F1);

    /// <summary>The rule of highest F1 for the segment, measured on all customers.</summary>
    public PersonaRule Find(FeatureTable table, int segment, Wording words)
    {
        int members = sample.Count(row => labels[row] == segment);
        var start = new Candidate([], sample.Length, members, F1(members, sample.Length, members));
        var best = start;
        IReadOnlyList<Candidate> beam = [start];
        for (int size = 1; size <= MostConditions && beam.Count > 0; size++)
        {
            beam =
            [
                .. beam.SelectMany(candidate => Extend(candidate, segment, members))
                    .OrderByDescending(candidate => candidate.F1)
                    .DistinctBy(Key).Take(Beam),
            ];
            if (beam.Count > 0 && beam[0].F1 >= best.F1 + (size == 1 ? 0 : Worth))
                best = beam[0];
        }
        return Describe(best.Conditions, segment, table, words);
    }

    /// <summary>For every feature and direction the best next condition.</summary>
    private IEnumerable<Candidate> Extend(Candidate from, int segment, int members)
    {
        var all = new int[thresholds.Count][];
        var own = new int[thresholds.Count][];
        for (int f = 0; f < thresholds.Count; f++)
            (all[f], own[f]) = (new int[257], new int[257]);
        Count(from.Conditions, segment, all, own);
        for (int f = 0; f < thresholds.Count; f++)
        {
            foreach (bool atLeast in (bool[])[true, false])
            {
                if (from.Conditions.Any(c => c.Feature == f && c.AtLeast == atLeast))
                    continue;
                Candidate? best = null;
                int matches = from.Matches, hits = from.Hits;
                for (int cut = 0; cut < thresholds[f].Values.Length; cut++)
                {
                    matches -= all[f][cut];         // codes of cut and below do not reach the threshold
                    hits -= own[f][cut];
                    var (m, h) = atLeast ? (matches, hits) : (from.Matches - matches, from.Hits - hits);
                    double f1 = F1(h, m, members);
                    if (h > 0 && f1 > (best?.F1 ?? 0))
                        best = new([.. from.Conditions, new(f, cut, atLeast)], m, h, f1);
                }
                if (best is not null)
                    yield return best;
            }
        }
    }

    private void Count(Condition[] conditions, int segment, int[][] all, int[][] own)
    {
        var matching = new List<int>();
        foreach (int row in sample)
            if (Holds(conditions, row))
                matching.Add(row);
        for (int f = 0; f < thresholds.Count; f++)
        {
            byte[] codes = thresholds[f].Codes;
            foreach (int i in matching)
            {
                all[f][codes[i]]++;
                if (labels[i] == segment)
                    own[f][codes[i]]++;
            }
        }
    }

    private bool Holds(Condition[] conditions, int row)
    {
        foreach (var condition in conditions)
            if (thresholds[condition.Feature].Codes[row] > condition.Cut != condition.AtLeast)
                return false;
        return true;
    }

    private PersonaRule Describe(Condition[] found, int segment, FeatureTable table, Wording words)
    {
        int members = 0, matches = 0, hits = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            bool member = labels[row] == segment, match = Holds(found, row);
            members += member ? 1 : 0;
            matches += match ? 1 : 0;
            hits += member && match ? 1 : 0;
        }
        RuleCondition[] conditions =
        [
            .. found.OrderBy(c => c.Feature).ThenByDescending(c => c.AtLeast).Select(c =>
            {
                var cuts = thresholds[c.Feature];
                var feature = table.Columns[cuts.Column];
                double value = cuts.Values[c.Cut];
                return new RuleCondition(feature.Name, c.AtLeast ? "≥" : "<", value, ConditionText.Of(feature, c.AtLeast, value, words));
            }),
        ];
        string text = conditions.Length == 0 ? "every customer" : string.Concat(conditions.Select((c, i) => i == 0 ? c.Text : c.Feature == conditions[i - 1].Feature ? $" but {c.Text}" : $" and {c.Text}"));
        return new(conditions, matches == 0 ? 0 : hits / (double)matches, hits / (double)members, matches, text);
    }

    private static string Key(Candidate candidate) =>
        string.Join(';', candidate.Conditions.OrderBy(c => c.Feature).ThenBy(c => c.AtLeast).Select(c => $"{c.Feature},{c.Cut},{c.AtLeast}"));

    private static double F1(int hits, int matches, int members) => 2.0 * hits / (matches + members);
}
