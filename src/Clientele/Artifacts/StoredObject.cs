namespace Clientele.Artifacts;

/// <param name="Digest">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record StoredObject(string Digest, long Bytes);
