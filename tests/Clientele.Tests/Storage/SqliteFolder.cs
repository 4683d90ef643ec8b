using Clientele.Storage;

namespace Clientele.Tests.Storage;

/// <summary>A folder for a store, gone after the test; in memory where there is such a place: a thousand flushed writes take minutes on a slow disk.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    public string Path { get; } = Directory.CreateDirectory(
        System.IO.Path.Combine(Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath(), $"clientele-store-{Guid.NewGuid():N}")).FullName;
    public StoreAddress Address => StoreAddress.File(System.IO.Path.Combine(Path, StoreAddress.FileName));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
