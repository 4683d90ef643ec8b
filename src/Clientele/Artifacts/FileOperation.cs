namespace Clientele.Artifacts;

/// <summary>What can fail when something is kept.</summary>
internal enum FileOperation
{
    Write,
    Flush,
    Rename,
}
