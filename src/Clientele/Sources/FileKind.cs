namespace Clientele.Sources;

/// <summary>What a file holds, by its first bytes.</summary>
public enum FileKind
{
    Text,
    Workbook,
    Parquet,
}
