using Clientele.Artifacts;

namespace Clientele.Tests.Artifacts;

public sealed class HeldFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("held-").FullName;

    [Fact]
    public void One_that_is_held_stays()
    {
        using var held = HeldFolder.Create(root, "work-");
        HeldFolder.Sweep(root, "work-");
        Assert.Equal([held.Path], Directory.EnumerateDirectories(root));
    }

    [Fact]
    public void One_that_nobody_holds_goes()
    {
        Left("work-1", hasLock: true);
        HeldFolder.Sweep(root, "work-");
        Assert.Empty(Directory.EnumerateDirectories(root));
    }

    [Fact]
    public void One_whose_taking_away_was_cut_short_goes()
    {
        Left("work-1", hasLock: false);
        HeldFolder.Sweep(root, "work-");
        Assert.Empty(Directory.EnumerateDirectories(root));
    }

    [Fact]
    public void One_in_the_making_stays_for_a_minute()
    {
        string fresh = Left(".work-1", hasLock: false), old = Left(".work-2", hasLock: false);
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddMinutes(-2));
        HeldFolder.Sweep(root, "work-");
        Assert.Equal([fresh], Directory.EnumerateDirectories(root));
    }

    [Fact]
    public void Others_are_left_alone()
    {
        string other = Left("play-1", hasLock: true);
        Left("work-1", hasLock: true);
        HeldFolder.Sweep(root, "work-");
        Assert.Equal([other], Directory.EnumerateDirectories(root));
    }

    private string Left(string name, bool hasLock)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "data")).FullName, "part"), "");
        if (hasLock)
            File.WriteAllText(Path.Combine(folder, "lock"), "");
        return folder;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
