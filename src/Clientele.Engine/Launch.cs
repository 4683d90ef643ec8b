using System.Globalization;

namespace Clientele.Engine;

/// <summary>What the parent hands over on standard input, one line each (never by argument or environment: those can be read by others).</summary>
/// <param name="Library">Path of libchdb.so.</param>
/// <param name="Folder">A private folder, made by the parent for this start; holds the socket.</param>
/// <param name="Secret">To be found in the header X-ClickHouse-Key of every request.</param>
/// <param name="MemoryLimit">For all queries together, bytes; 0 leaves the engine's own limit.</param>
/// <param name="Threads">For one query; 0 leaves the engine's own choice.</param>
internal sealed record Launch(string Library, string Folder, string Secret, long MemoryLimit, int Threads)
{
    public string Socket => Path.Combine(Folder, "socket");

    /// <summary>Reads the five lines byte by byte, so that nothing of what follows is taken.</summary>
    public static Launch Read(Stream input)
    {
        string Line()
        {
            var line = new List<byte>();
            for (int b = input.ReadByte(); b != '\n'; b = input.ReadByte())
                line.Add(b < 0 ? throw new EndOfStreamException("The engine is started by Clientele, which tells it what to load.") : (byte)b);
            return System.Text.Encoding.UTF8.GetString([.. line]);
        }
        return new(Line(), Line(), Line(), long.Parse(Line(), CultureInfo.InvariantCulture), int.Parse(Line(), CultureInfo.InvariantCulture));
    }

    /// <summary>Settings of every request that the request itself may override.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings
    {
        get
        {
            if (MemoryLimit > 0)
                yield return new("max_memory_usage_for_user", MemoryLimit.ToString(CultureInfo.InvariantCulture));
            if (Threads > 0)
                yield return new("max_threads", Threads.ToString(CultureInfo.InvariantCulture));
        }
    }
}
