using System.Text.RegularExpressions;

namespace Clientele.Tests.House;

/// <summary>Reads all sources for what is not used here.</summary>
public sealed partial class TidyTests
{
    private static readonly (Regex Pattern, string Instead)[] NotUsed =
    [
        (Clock(), "a TimeProvider or a date that is passed in"),
        (UnseededRandom(), "a seeded stream"),
        (Region(), "files"),
        (Swallowed(), "a named exception and what to do about it"),
        (Unfinished(), "an issue"),
    ];

    [Fact]
    public void The_sources_hold_nothing_that_is_not_used_here()
    {
        var found =
            from path in Directory.EnumerateFiles(Path.Combine(TestData.Checkout, "src"), "*.cs", SearchOption.AllDirectories)
            where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
            from rule in NotUsed
            where rule.Pattern.IsMatch(line.Text)
            select $"{path}:{line.Number}: {rule.Pattern.Match(line.Text).Value} is not used here, use {rule.Instead}";

        Assert.Empty(found);
    }

    [Fact]
    public void Every_room_has_a_readme() =>
        Assert.Empty(
            from room in Directory.EnumerateDirectories(Path.Combine(TestData.Checkout, "src", "Clientele"))
            where Path.GetFileName(room) is not ("bin" or "obj") && Directory.EnumerateFiles(room, "*.cs").Any()
            where !File.Exists(Path.Combine(room, "README.md"))
            select $"{Path.GetFileName(room)} has no README.md");

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b")]
    private static partial Regex Clock();
    [GeneratedRegex(@"new Random\(\)|Random\.Shared")]
    private static partial Regex UnseededRandom();
    [GeneratedRegex(@"^\s*#region")]
    private static partial Regex Region();
    [GeneratedRegex(@"catch\s*(\(Exception[^)]*\))?\s*\{\s*\}")]
    private static partial Regex Swallowed();
    [GeneratedRegex(@"\b(NotImplementedException|TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();
}
