namespace Clientele.Artifacts;

/// <summary><c>.clientele/</c> of a workspace, opened by a run: objects and step manifests, and a folder aside that goes with the run however it ends.</summary>
internal sealed class WorkspaceCache : IDisposable
{
    public const string FolderName = ".clientele";

    private readonly string root;
    private readonly HeldFolder held;
    private FileStream? shared;

    private WorkspaceCache(string root, HeldFolder held, FileStream shared, DurableFiles files)
    {
        (this.root, this.held, this.shared, Files) = (root, held, shared, files);
        (Objects, Steps) = In(root, held.Path, files);
        Folder("objects");
        Folder("steps");
    }

    public DurableFiles Files { get; }
    public ObjectStore Objects { get; }
    public StepCache Steps { get; }

    /// <summary>A folder on the workspace's own disk for what is not finished.</summary>
    public string Aside => held.Path;

    /// <summary>Opens it, and takes away what killed runs left aside.</summary>
    public static WorkspaceCache Open(string workspace, DurableFiles files)
    {
        string root = Path.Combine(workspace, FolderName);
        Directory.CreateDirectory(root);
        var shared = Share(root);
        return new(root, HeldFolder.Create(root, "work-"), shared, files);
    }

    /// <summary>What is in it, to look at only.</summary>
    public static (ObjectStore Objects, StepCache Steps) Look(string workspace) => In(Path.Combine(workspace, FolderName), aside: "", new());

    /// <summary>A folder for something else of the workspace's.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;

    /// <summary>Forgets what was used least lately, unless another run is at work, which may be about to name what nothing names yet.</summary>
    public void Trim()
    {
        shared?.Dispose();
        shared = null;
        try
        {
            using (Lock(root, FileAccess.ReadWrite, FileShare.None))
                Steps.Trim();
        }
        catch (IOException)
        {
            // Another run is at work; it will do it.
        }
    }

    public void Dispose()
    {
        shared?.Dispose();
        held.Dispose();
    }

    private static (ObjectStore, StepCache) In(string root, string aside, DurableFiles files)
    {
        var objects = new ObjectStore(Path.Combine(root, "objects"), aside, files);
        return (objects, new(Path.Combine(root, "steps"), aside, objects, files));
    }

    // Who forgets has the lock to itself for a moment.
    private static FileStream Share(string root)
    {
        const int patience = 500;
        for (int attempt = 0; ; attempt++)
            try
            {
                return Lock(root, FileAccess.Read, FileShare.ReadWrite);
            }
            catch (IOException) when (attempt < patience)
            {
                Thread.Sleep(10);
            }
    }

    private static FileStream Lock(string root, FileAccess access, FileShare share) => new(Path.Combine(root, "lock"), FileMode.OpenOrCreate, access, share);
}
