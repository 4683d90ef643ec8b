using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Access;

/// <summary>The keys of a store.</summary>
public sealed class ApiKeys(Store store)
{
    private const int LongestName = 100;

    /// <summary>Makes a key.</summary>
    /// <param name="lifetime">Null: it never ends.</param>
    /// <param name="by">Who makes it.</param>
    /// <returns>The key, and its text: nobody can tell it again.</returns>
    /// <exception cref="ProblemException"><c>keys/name</c>, <c>keys/lifetime</c>.</exception>
    public async Task<(ApiKey Key, string Text)> Create(string name, Role role, TimeSpan? lifetime, string by, CancellationToken cancel = default)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            throw new ProblemException(new("keys/name", "This is no name for a key.", $"Say whose it is in 1 to {LongestName} characters."));
        if (lifetime is { } time && (time <= TimeSpan.Zero || time > TimeSpan.FromDays(3_653)))
            throw new ProblemException(new("keys/lifetime", "A key is good for more than nothing and at most ten years.", "Say how long, such as 90d, or 'never'."));
        var (id, text) = KeyText.New();
        return await store.Write(async session =>
        {
            var now = DateTimeOffset.FromUnixTimeMilliseconds(session.Now);
            var key = new ApiKey(id, name, role, now, now + lifetime, null, by);
            await session.Execute(
                $"INSERT INTO api_keys ({ApiKey.Columns}, digest) VALUES (@id, @name, @role, @created, @expires, NULL, @by, @digest)",
                ("id", id), ("name", name), ("role", role.ToString()), ("created", session.Now), ("expires", key.ExpiresAt?.ToUnixTimeMilliseconds()), ("by", by), ("digest", Convert.ToHexStringLower(KeyText.Digest(text))));
            return (key, text);
        }, cancel);
    }

    /// <summary>All there ever were, the newest first.</summary>
    public Task<IReadOnlyList<ApiKey>> All(CancellationToken cancel = default) =>
        store.Read(async session => (IReadOnlyList<ApiKey>)await session.Rows($"SELECT {ApiKey.Columns} FROM api_keys ORDER BY created_at DESC, id", ApiKey.Read), cancel);

    /// <summary>Ends a key now. One that is ended stays so.</summary>
    /// <exception cref="ProblemException"><c>keys/unknown</c>.</exception>
    public Task<ApiKey> Revoke(string id, CancellationToken cancel = default) => store.Write(async session =>
    {
        await session.Execute("UPDATE api_keys SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL", ("id", id), ("now", session.Now));
        return await session.Row($"SELECT {ApiKey.Columns} FROM api_keys WHERE id = @id", ApiKey.Read, ("id", id))
            ?? throw new ProblemException(new("keys/unknown", "There is no key with this id.", "List those there are: clientele keys list."));
    }, cancel);

    /// <summary>All of them, to be asked without the store.</summary>
    public Task<KeyRing> Ring(CancellationToken cancel = default) => store.Read(async session =>
        new KeyRing(await session.Rows($"SELECT {ApiKey.Columns}, digest FROM api_keys", row => (ApiKey.Read(row), Convert.FromHexString(row.GetString(7))))), cancel);
}
