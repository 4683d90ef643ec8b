using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>A workspace that was just made.</summary>
/// <param name="Path">Of its clientele.yaml.</param>
/// <param name="Headers">Column names of the source.</param>
/// <param name="Unmapped">Settings of <c>columns</c> that must be filled in by hand.</param>
/// <param name="DateOrderIsSure">False: no date told day and month apart, and day first was assumed.</param>
public sealed record NewWorkspace(string Path, IReadOnlyList<string> Headers, IReadOnlyList<string> Unmapped, bool DateOrderIsSure)
{
    /// <param name="sources">Relative to the current folder; in the file they stand relative to the workspace, so that both can move together.</param>
    /// <exception cref="ProblemException">A source cannot be read, or there is a workspace already and <paramref name="overwrite"/> is false.</exception>
    public static async Task<NewWorkspace> Create(
        string folder, Preset preset, IReadOnlyList<string> sources, string? name, bool overwrite, CancellationToken cancel)
    {
        string path = System.IO.Path.Combine(folder, SettingsFile.Name);
        if (File.Exists(path) && !overwrite)
            throw new ProblemException(new("workspace/exists", $"There is a workspace in {folder} already.", "Choose another folder, or replace its settings with --force.", new(path)));
        string[] relative = [.. sources.Select(source => System.IO.Path.GetRelativePath(folder, source))];
        var file = SourceFiles.Find(folder, new() { Files = relative })[0];
        var guess = await HeaderGuess.For(file.Path, cancel);
        string[] unmapped = [.. guess.NotFound.Intersect(["customer", "ordered_at"])];
        Directory.CreateDirectory(folder);
        var shop = name is null ? preset : preset with { Shop = name };
        await File.WriteAllTextAsync(path, WorkspaceTemplate.Render(shop, relative, guess.Columns, guess.Headers, unmapped, file.Kind == FileKind.Workbook), cancel);
        return new(path, guess.Headers, unmapped, guess.DateOrderIsSure);
    }
}
