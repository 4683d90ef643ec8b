namespace Clientele.Problems;

/// <summary>Where a problem is. Lines and columns count from 1; 0 means that there is none.</summary>
public sealed record Place(string File, long Line = 0, int Column = 0)
{
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => File,
        (_, 0) => $"{File}:{Line}",
        _ => $"{File}:{Line}:{Column}",
    };
}
