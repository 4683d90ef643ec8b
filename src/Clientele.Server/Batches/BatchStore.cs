using System.Security.Cryptography;
using System.Text.Json;
using Clientele.Artifacts;
using Clientele.Server.Json;

namespace Clientele.Server.Batches;

/// <summary>The jobs of a workspace: a folder for each, which is all there is of it. Several processes may look at once; who works on a job holds its lock.</summary>
/// <param name="root">Made when the first job comes.</param>
internal sealed class BatchStore(string root, DurableFiles files)
{
    public const string Folder = "batches";

    private const string OrderName = "order.json", StandingName = "standing.json", CancelName = "cancel", LockName = "lock", Coming = "coming-";

    /// <summary>A folder for a job that is arriving; nobody sees it until it is <see cref="Add">added</see>.</summary>
    public (string Id, string Folder) Begin()
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), folder = Path.Combine(root, Coming + id);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return (id, folder);
    }

    public void Add(BatchOrder order)
    {
        string folder = Path.Combine(root, Coming + order.Id);
        Write(folder, OrderName, order, AnswerJson.Default.BatchOrder);
        Write(folder, StandingName, BatchStanding.New, AnswerJson.Default.BatchStanding);
        files.Rename(folder, FolderOf(order.Id));
    }

    /// <summary>Takes away a job that did not arrive.</summary>
    public void Forget(string id) => Delete(Path.Combine(root, Coming + id));

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<BatchJob> All() => !Directory.Exists(root) ? []
        : [.. Directory.EnumerateDirectories(root).Select(folder => Find(Path.GetFileName(folder))).OfType<BatchJob>().OrderBy(job => job.Order.CreatedAt).ThenBy(job => job.Order.Id, StringComparer.Ordinal)];

    /// <param name="id">As it came from outside.</param>
    /// <returns>Null: there is no such job.</returns>
    public BatchJob? Find(string id)
    {
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower))
            return null;
        try
        {
            string folder = FolderOf(id);
            var order = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, OrderName)), AnswerJson.Default.BatchOrder)!;
            var standing = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, StandingName)), AnswerJson.Default.BatchStanding)!;
            return new(order, standing, !standing.HasEnded && File.Exists(Path.Combine(folder, CancelName)));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public string InputOf(string id) => Path.Combine(FolderOf(id), "input");
    /// <summary>The text that was made of a Parquet file.</summary>
    public string TextOf(string id) => Path.Combine(FolderOf(id), "input.csv");
    public string ResultOf(string id) => Path.Combine(FolderOf(id), "result.csv");
    public string QuarantineOf(string id) => Path.Combine(FolderOf(id), "quarantine.csv");
    public string ScratchOf(string id) => Path.Combine(FolderOf(id), "parts");

    public void Save(string id, BatchStanding standing) => Write(FolderOf(id), StandingName, standing, AnswerJson.Default.BatchStanding);

    /// <summary>Asks whoever works on a job to stop.</summary>
    public void Cancel(string id) => files.Create(Path.Combine(FolderOf(id), CancelName)).Dispose();

    /// <returns>What to dispose of when done; null: another process is at work on it.</returns>
    public IDisposable? Hold(string id)
    {
        try
        {
            return new FileStream(Path.Combine(FolderOf(id), LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes away what an ended job needs no longer.</summary>
    /// <param name="withResult">There is no whole one.</param>
    public void Clear(string id, bool withResult)
    {
        File.Delete(InputOf(id));
        File.Delete(TextOf(id));
        if (withResult)
            File.Delete(ResultOf(id));
        Delete(ScratchOf(id));
    }

    /// <summary>Takes a job away. Its description goes first: from then on there is none.</summary>
    public void Remove(string id)
    {
        File.Delete(Path.Combine(FolderOf(id), OrderName));
        Delete(FolderOf(id));
    }

    /// <summary>Takes away what has been arriving since before, or going, because a process was killed.</summary>
    public void Sweep(DateTimeOffset before)
    {
        if (!Directory.Exists(root))
            return;
        foreach (string folder in Directory.EnumerateDirectories(root))
            if (!(File.Exists(Path.Combine(folder, StandingName)) && File.Exists(Path.Combine(folder, OrderName)) && !Path.GetFileName(folder).StartsWith(Coming, StringComparison.Ordinal))
                && Directory.EnumerateFiles(folder).Append(folder).Max(File.GetLastWriteTimeUtc) < before)
                Delete(folder);
    }

    private string FolderOf(string id) => Path.Combine(root, id);

    private void Write<T>(string folder, string name, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        string aside = Path.Combine(folder, $".{name}"), path = Path.Combine(folder, name);
        using (var file = files.Create(aside))
            JsonSerializer.Serialize(file, value, type);
        files.Flush(aside);
        files.Rename(aside, path);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was faster.
        }
    }
}
