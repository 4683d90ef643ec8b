using System.Text;
using System.Text.Json;
using Clientele.Problems;

namespace Clientele.Server.Json;

/// <summary>Reads objects whose members are numbers with known names, into columns by name: <c>{"spend": 120.5, "invoices": 3}</c>.</summary>
/// <param name="names">d names; the order of the columns.</param>
/// <param name="others">Numbers that senders may know too and that are checked, but not asked for.</param>
internal sealed class NumberFields(IReadOnlyList<string> names, IReadOnlyList<string> others)
{
    private readonly string[] all = [.. names, .. others];
    private readonly byte[][] utf8 = [.. names.Concat(others).Select(Encoding.UTF8.GetBytes)];

    public IReadOnlyList<string> Names => names;
    /// <summary>Whether members that are no names of ours are passed over, as other systems do.</summary>
    public bool PassesOver { get; init; }

    public bool Knows(string name) => all.Contains(name);

    /// <summary>Where columns with these names go.</summary>
    /// <returns>Parallel to <paramref name="given"/>: the column of <see cref="Names"/>; −1: it is not asked for.</returns>
    public int[] Arrange(IReadOnlyList<string> given, FieldProblems problems, string pointer)
    {
        int[] places = new int[given.Count];
        foreach (var (i, name) in given.Index())
        {
            int column = Array.IndexOf(all, name);
            places[i] = column < names.Count ? column : -1;
            if (column < 0 && !PassesOver)
                problems.Add($"{pointer}/{i}", $"There is no feature '{name}'. {Hint(name)}");
            else if (column >= 0 && Array.IndexOf(places, column, 0, i) >= 0)
                problems.Add($"{pointer}/{i}", $"The feature '{name}' stands here twice.");
        }
        foreach (string missing in names.Except(given))
            problems.Add(pointer, $"The feature '{missing}' is missing.");
        return places;
    }

    /// <summary>Reads one object, whose opening brace is the reader's token, to its end.</summary>
    /// <param name="row">Out: d numbers.</param>
    /// <param name="pointer">Of the object, made only if something is wrong.</param>
    public void Read(ref Utf8JsonReader json, Span<double> row, FieldProblems problems, Func<string> pointer)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            problems.Add(pointer(), $"This must be an object with {Expected()}.");
            json.Skip();
            return;
        }
        Span<bool> seen = all.Length <= 256 ? stackalloc bool[all.Length] : new bool[all.Length];
        seen.Clear();
        int next = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int column = Find(ref json, next);
            if (column < 0)
            {
                string name = json.GetString()!;
                if (!PassesOver)
                    problems.Add($"{pointer()}/{Escaped(name)}", $"There is no such field. {Hint(name)}");
                json.Read();
                json.Skip();
                continue;
            }
            json.Read();
            if (seen[column])
                problems.Add($"{pointer()}/{all[column]}", "This field stands here twice.");
            seen[column] = true;
            if (Number(ref json) is not { } value)
                problems.Add($"{pointer()}/{all[column]}", "This must be a finite number.");
            else if (column < row.Length)
                row[column] = value;
            json.Skip();
            next = column + 1;
        }
        for (int column = 0; column < names.Count; column++)
            if (!seen[column])
                problems.Add($"{pointer()}/{names[column]}", "This field is missing.");
    }

    /// <summary>The number that is the reader's token; null if it is none, or too large to be one.</summary>
    public static double? Number(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Number && json.TryGetDouble(out double value) && double.IsFinite(value) ? value : null;

    // Most senders keep the order.
    private int Find(ref Utf8JsonReader json, int guess)
    {
        if (guess < utf8.Length && json.ValueTextEquals(utf8[guess]))
            return guess;
        for (int column = 0; column < utf8.Length; column++)
            if (json.ValueTextEquals(utf8[column]))
                return column;
        return -1;
    }

    private string Hint(string name) => Nearest.To(name, all) is { } near ? $"Did you mean '{near}'?" : $"Valid: {string.Join(", ", all)}.";

    private string Expected() => names.Count == 1 ? $"the number {names[0]}" : $"the numbers {string.Join(", ", names)}";

    private static string Escaped(string part) => part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
