using System.Collections.Concurrent;

namespace Clientele.Engines;

/// <summary>A statement: a file beside the code that reads its answer, or a short text. Values come only as <see cref="SqlParameters"/>.</summary>
public sealed record Sql
{
    private static readonly ConcurrentDictionary<string, string> Files = new();

    /// <summary>Takes a file of this assembly.</summary>
    /// <param name="path">Below src/Clientele, as in <c>Features/retail_15.sql</c>.</param>
    public Sql(string path) : this(path, Files.GetOrAdd(path, Load))
    {
    }

    private Sql(string name, string statement) => (Name, Statement) = (name, statement);

    /// <summary>What stands in errors: the file's path, or the text's first line.</summary>
    public string Name { get; }

    /// <summary>The SQL, with <c>{name:Type}</c> where values go.</summary>
    public string Statement { get; }

    /// <summary>A statement short enough to stand in code.</summary>
    public static Sql Text(string statement)
    {
        string line = statement.AsSpan().Trim().ToString().Split('\n', 2)[0];
        return new(line.Length <= 60 ? line : $"{line[..59]}…", statement);
    }

    private static string Load(string path)
    {
        using var stream = typeof(Sql).Assembly.GetManifestResourceStream(path)
            ?? throw new ArgumentException($"There is no {path} in the program.", nameof(path));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
