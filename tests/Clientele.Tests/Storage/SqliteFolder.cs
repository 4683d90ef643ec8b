using Clientele.Storage;

namespace Clientele.Tests.Storage;

/// <summary>A folder for a store, gone after the test.</summary>
internal sealed class SqliteFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("clientele-store-").FullName;
    public StoreAddress Address => StoreAddress.File(System.IO.Path.Combine(Path, StoreAddress.FileName));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
