using System.IO.Enumeration;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Sources;

/// <summary>Finds the files that a source names: paths, folders, and globs with <c>*</c>, <c>?</c> and <c>**</c>.</summary>
public static class SourceFiles
{
    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".gz", ".parquet", ".pq", ".xlsx", ".xlsm"];

    /// <summary>The files in the order in which they are read: as named, and within a glob or folder by name (by bytes).</summary>
    /// <param name="folder">What relative paths start from: the workspace.</param>
    /// <exception cref="ProblemException"><c>source/missing</c> if a name finds nothing; all of <see cref="SourceFile.Open"/>.</exception>
    public static IReadOnlyList<SourceFile> Find(string folder, SourceSettings source) =>
        [.. source.Files.SelectMany(name => Expand(folder, name)).Distinct().Select(SourceFile.Open)];

    /// <summary>Paths that one name finds now; none where nothing is there.</summary>
    internal static IReadOnlyList<string> Matching(string folder, string name)
    {
        string path = Path.GetFullPath(Path.Combine(folder, name));
        return File.Exists(path) ? [path]
            : Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Where(IsTable).Order(StringComparer.Ordinal)]
            : name.Contains('*') || name.Contains('?') ? [.. Match(path).Order(StringComparer.Ordinal)] : [];
    }

    private static IReadOnlyList<string> Expand(string folder, string name)
    {
        string path = Path.GetFullPath(Path.Combine(folder, name));
        if (Matching(folder, name) is { Count: > 0 } found)
            return found;
        if (Directory.Exists(path))
            throw new ProblemException(new(
                "source/missing", "The folder holds no table.", $"Put {string.Join(", ", Endings)} files there, or check `files:` in clientele.yaml.", new(path)));
        if (!name.Contains('*') && !name.Contains('?'))
            throw new ProblemException(SourceFile.Missing(path));
        throw new ProblemException(new(
            "source/missing", $"No file matches '{name}'.", "Check the pattern in `files:` of clientele.yaml; paths are relative to the workspace.", new(path)));
    }

    private static IEnumerable<string> Match(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        IEnumerable<string> folders = [root];
        string[] steps = pattern[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        foreach (string step in steps[..^1])
            folders = step == "**" ? folders.SelectMany(WithAllBelow) : folders.SelectMany(folder => Below(folder, step));
        return folders.Where(Directory.Exists).Distinct().SelectMany(folder => Directory.EnumerateFiles(folder))
            .Where(file => IsVisible(file) && FileSystemName.MatchesSimpleExpression(steps[^1], Path.GetFileName(file), ignoreCase: false));
    }

    private static IEnumerable<string> Below(string folder, string step) =>
        !step.Contains('*') && !step.Contains('?') ? [Path.Combine(folder, step)]
        : !Directory.Exists(folder) ? []
        : Directory.EnumerateDirectories(folder).Where(sub => IsVisible(sub) && FileSystemName.MatchesSimpleExpression(step, Path.GetFileName(sub), ignoreCase: false));

    private static IEnumerable<string> WithAllBelow(string folder) =>
        !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder).Where(IsVisible).SelectMany(WithAllBelow).Prepend(folder);

    private static bool IsVisible(string path) => !Path.GetFileName(path).StartsWith('.');

    private static bool IsTable(string path) => IsVisible(path) && Endings.Contains(Path.GetExtension(path).ToLowerInvariant());
}
