namespace Clientele.Pipeline;

/// <summary>A file for results, where a person wants it: all of it, or what was there before. It is written aside and renamed; a device or pipe is written as it is, for a renamed file would take its place.</summary>
public static class ResultFile
{
    /// <param name="path">Null: standard output.</param>
    /// <param name="write">Need not dispose of what it gets.</param>
    public static async Task Write(string? path, Func<Stream> standardOutput, Func<Stream, Task> write)
    {
        if (path is null || IsWrittenInPlace(path))
        {
            await using var output = path is null ? standardOutput() : new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            await write(output);
            return;
        }
        string aside = $"{path}.part";
        try
        {
            await using (var output = File.Create(aside))
                await write(output);
            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            if (File.Exists(aside))
                File.Delete(aside);
        }
    }

    // Devices and pipes have no length; where a file has none either, nothing is lost.
    private static bool IsWrittenInPlace(string path) => new FileInfo(path) is { Exists: true } there && (there.Length == 0 || there.FullName.StartsWith("/dev/", StringComparison.Ordinal));
}
