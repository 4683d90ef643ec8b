using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Clientele.Engines;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>A run's database on a server. Its name tells whose it is, so that what a killed run left there is known and can go.</summary>
/// <param name="World">Digest of what a process number is unique in: the machine's boot and its space of process numbers.</param>
/// <param name="Start">Of the process, as <see cref="Holder.Start"/>.</param>
/// <param name="MadeAt">By the server's clock, s since 1970 UTC.</param>
internal sealed record WorkDatabase(string World, int Process, long Start, long MadeAt, string Unique)
{
    /// <summary>No run of another machine is at work for so long.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(7);

    private const string Prefix = "clientele_";

    public static WorkDatabase Of(Holder holder, long now) => new(Digest(holder.World), holder.Process, holder.Start, now, Guid.NewGuid().ToString("N")[..8]);

    /// <summary>Makes one for this process, and drops those that killed ones left: known to be gone if they were of this machine, else when they are older than <see cref="Longest"/>.</summary>
    public static async Task<Identifier> Create(EngineClient server, CancellationToken cancel)
    {
        long now = 0;
        await foreach (long seconds in server.Query(Sql.Text("SELECT toInt64(toUnixTimestamp(now()))"), row => row.ReadInt64(), cancel: cancel))
            now = seconds;
        foreach (string name in await server.Query(Sql.Text("SELECT name FROM system.databases WHERE startsWith(name, 'clientele_')"), row => row.ReadString(), cancel: cancel).ToListAsync(cancel))
            if (Parse(name) is { } database && database.IsLeft(now))
                await server.Execute(Sql.Text($"DROP DATABASE IF EXISTS {new Identifier(name)}"), cancel: cancel);
        var made = new Identifier(Of(Holder.Current, now).ToString());
        await server.Execute(Sql.Text($"CREATE DATABASE {made}"), cancel: cancel);
        return made;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{World}_{Process}_{Start}_{MadeAt}_{Unique}");

    /// <summary>Null: it is no such database, but somebody's own.</summary>
    public static WorkDatabase? Parse(string name)
    {
        var parts = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..].Split('_') : [];
        return parts.Length == 5 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long start) && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out long made)
            ? new(parts[0], process, start, made, parts[4])
            : null;
    }

    /// <summary>Whether nobody can be at work in it.</summary>
    public bool IsLeft(long now) => World == Digest(Holder.Current.World)
        ? (Holder.Current with { Process = Process, Start = Start }).IsGone
        : now - MadeAt > Longest.TotalSeconds;

    private static string Digest(string world) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(world)))[..16];
}
