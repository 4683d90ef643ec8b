using System.Runtime.InteropServices;
using Clientele.Problems;

namespace Clientele.Engines;

/// <summary>Finds the parts of the embedded engine: its host program and the library that the host loads.</summary>
internal static class EngineFiles
{
    /// <summary>Clientele.Engine.dll: <c>CLIENTELE_ENGINE</c>, else <c>engine/</c> beside the program, where every build puts it.</summary>
    public static string Host() => Named("CLIENTELE_ENGINE") is { } named
        ? Existing(Directory.Exists(named) ? Path.Combine(named, "Clientele.Engine.dll") : named, "Correct or unset CLIENTELE_ENGINE.")
        : Existing(Path.Combine(AppContext.BaseDirectory, "engine", "Clientele.Engine.dll"), "Build Clientele again (./clientele does it).");

    /// <summary>libchdb.so: <c>CLIENTELE_LIBCHDB</c>, else node_modules of the program's folder or a folder above it, or of the working folder.</summary>
    public static string Library()
    {
        if (Named("CLIENTELE_LIBCHDB") is { } named)
            return Existing(named, "Correct or unset CLIENTELE_LIBCHDB.");
        string architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        string library = Path.Combine("node_modules", "@chdb", $"lib-linux-{architecture}-gnu", "libchdb.so");
        return FoldersUpFrom(AppContext.BaseDirectory).Concat(FoldersUpFrom(Environment.CurrentDirectory))
                .Select(folder => Path.Combine(folder, library)).FirstOrDefault(File.Exists)
            ?? throw Missing("The engine's library, libchdb.so, is not installed.", "Run `npm ci` in Clientele's folder (./clientele does it), or set CLIENTELE_LIBCHDB to its path.");
    }

    /// <summary>The program that runs .NET assemblies: the one that runs us.</summary>
    public static string DotNet()
    {
        string beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(beside) ? beside : "dotnet";
    }

    private static string? Named(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? Path.GetFullPath(path) : null;

    private static string Existing(string path, string remedy) =>
        File.Exists(path) ? path : throw Missing($"The engine's file {path} is missing.", remedy);

    private static ProblemException Missing(string what, string remedy) => new(new("engine/missing", what, remedy));

    private static IEnumerable<string> FoldersUpFrom(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
