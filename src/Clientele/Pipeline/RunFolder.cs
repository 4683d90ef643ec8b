using System.Globalization;
using System.Runtime.InteropServices;
using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>
/// The folder of one run: written aside under a hidden name, renamed when all of it is there. Whoever looks sees a whole run or none.
/// </summary>
public sealed partial class RunFolder : IDisposable
{
    private readonly string runs;
    private bool finished;

    private RunFolder(string runs, string id)
    {
        (this.runs, Id) = (runs, id);
        Aside = Path.Combine(runs, $".{id}.partial");
        Final = Path.Combine(runs, id);
    }

    public string Id { get; }
    /// <summary>Where artifacts are written while the run goes on.</summary>
    public string Aside { get; }
    /// <summary>Where they are afterwards.</summary>
    public string Final { get; }

    /// <summary>A new run under <c>runs/</c> of the workspace; its id is the moment, with a number behind it if there are several.</summary>
    public static RunFolder Create(string workspace, DateTimeOffset now)
    {
        string runs = Path.Combine(workspace, "runs");
        try
        {
            Directory.CreateDirectory(runs);
            string moment = now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
            for (int number = 1; ; number++)
            {
                var folder = new RunFolder(runs, number == 1 ? moment : $"{moment}-{number}");
                if (Directory.Exists(folder.Final) || Directory.Exists(folder.Aside))
                    continue;
                Directory.CreateDirectory(folder.Aside);
                return folder;
            }
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            throw new ProblemException(new("workspace/not-writable", $"Nothing can be written to {runs}.", "Give this user the right to write there, or free some room."), denied);
        }
    }

    public string PathOf(params string[] parts)
    {
        string path = Path.Combine([Aside, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>The newest run with segments; and the newest that valued customers.</summary>
    public const string Latest = "latest", LatestLifetime = "latest-lifetime";

    /// <summary>Makes the run visible and links under <c>runs/</c> point to it.</summary>
    public void Finish(params IReadOnlyList<string> links)
    {
        foreach (string path in Directory.EnumerateFiles(Aside, "*", SearchOption.AllDirectories))
            using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(file);
        Directory.Move(Aside, Final);
        finished = true;
        foreach (string name in links)
        {
            string link = Path.Combine(runs, name), aside = Path.Combine(runs, $".{name}.{Id}");
            File.CreateSymbolicLink(aside, Id);
            if (Rename(aside, link) != 0)
                throw new ProblemException(new("workspace/not-writable", $"{link} could not be replaced.", "If it is not a link, move it away."));
        }
    }

    // File.Move refuses a link to a folder; rename(2) replaces it in one step.
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(string from, string to);

    public void Dispose()
    {
        if (!finished && Directory.Exists(Aside))
            Directory.Delete(Aside, recursive: true);
    }
}
