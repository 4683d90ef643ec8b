using System.Text.Json;
using Clientele.Artifacts;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>What a run was asked to do, written when it begins, so that it can be taken up however it ended.</summary>
/// <param name="Kind"><c>train</c> or <c>lifetime</c>.</param>
/// <param name="Settings">As they were, whatever the file says now.</param>
/// <param name="Resumes">Id of the run that it takes up; null: none.</param>
/// <param name="Process">Who does it.</param>
public sealed record RunRequest(string Kind, WorkspaceSettings Settings, int Threads, string? Resumes, int Process)
{
    public const string Training = "train", Lifetime = "lifetime";

    /// <exception cref="ProblemException"><c>runs/unknown</c>.</exception>
    public static RunRequest Read(string workspace, string id)
    {
        string path = PathOf(workspace, id);
        if (id != Path.GetFileName(id) || !File.Exists(path))
            throw Unknown(workspace, id);
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize<RunRequest>(file, ArtifactJson.Options) ?? throw Unknown(workspace, id);
    }

    internal static ProblemException Unknown(string workspace, string id) => new(new(
        "runs/unknown", $"There is no run {id} in {workspace}.", $"Runs are named like the folders in {Path.Combine(workspace, "runs")}."));

    internal void Write(string workspace, string id, DurableFiles files)
    {
        using var file = files.Create(PathOf(workspace, id));
        JsonSerializer.Serialize(file, this, ArtifactJson.Options);
    }

    private static string PathOf(string workspace, string id) => Path.Combine(workspace, WorkspaceCache.FolderName, RunLog.FolderName, $"{id}.json");
}
