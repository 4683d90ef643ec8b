using Clientele.Access;

namespace Clientele.Tests.Stores;

public abstract class KeysSuite : StoreSuite
{
    private ApiKeys Keys => new(Store);

    [Fact]
    public async Task A_key_opens_until_it_expires()
    {
        var (key, text) = await Keys.Create("till", Role.Operator, TimeSpan.FromDays(90), "someone");
        var ring = await Keys.Ring();

        Assert.Equal(key, ring.Find(text, Clock.GetUtcNow()));
        Assert.Equal(key, ring.Find(text, Clock.GetUtcNow().AddDays(90).AddMilliseconds(-1)));
        Assert.Null(ring.Find(text, Clock.GetUtcNow().AddDays(90)));
        Assert.False(ring.HasGood(Clock.GetUtcNow().AddDays(90)));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_and_the_store_does_not_open_again()
    {
        Assert.True((await Keys.Ring()).IsEmpty);
        var (key, text) = await Keys.Create("till", Role.Viewer, null, "someone");
        await Keys.Revoke(key.Id);
        var ring = await Keys.Ring();

        Assert.Null(ring.Find(text, Clock.GetUtcNow()));
        Assert.False(ring.IsEmpty);
        Assert.Equal(await Keys.Revoke(key.Id), (await Keys.All()).Single());
        await Refused("keys/unknown", () => Keys.Revoke("0123456789ab"));
    }

    [Fact]
    public async Task Only_the_whole_text_of_a_key_opens()
    {
        var (key, text) = await Keys.Create("till", Role.Viewer, null, "someone");
        var (_, other) = await Keys.Create("other", Role.Admin, null, "someone");
        var (ring, now) = (await Keys.Ring(), Clock.GetUtcNow());

        Assert.NotNull(ring.Find(text, now));
        Assert.All(Enumerable.Range(0, text.Length), at => Assert.Null(ring.Find(text[..at] + (text[at] == 'a' ? 'b' : 'a') + text[(at + 1)..], now)));
        Assert.All(Enumerable.Range(0, text.Length), length => Assert.Null(ring.Find(text[..length], now)));
        Assert.All((string[])["", " ", text + " ", " " + text, text + "0", text.ToUpperInvariant(), key.Id, "clientele_" + key.Id + "_" + new string('0', 64), text[..23] + other[23..]],
            wrong => Assert.Null(ring.Find(wrong, now)));
    }

    [Fact]
    public async Task The_store_holds_no_key()
    {
        var (_, text) = await Keys.Create("till", Role.Viewer, null, "someone");
        var cells = await Store.Read(session => session.Rows("SELECT id, name, role, digest, created_by FROM api_keys", row => Enumerable.Range(0, 5).Select(row.GetString).ToArray()), default);

        string secret = text.Split('_')[2];
        Assert.Equal(64, secret.Length);
        Assert.DoesNotContain(cells.SelectMany(row => row), cell => cell.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_key_needs_a_name_and_an_end_that_can_be()
    {
        await Refused("keys/name", () => Keys.Create("", Role.Viewer, null, "someone"));
        await Refused("keys/name", () => Keys.Create("two\nlines", Role.Viewer, null, "someone"));
        await Refused("keys/name", () => Keys.Create(new string('x', 101), Role.Viewer, null, "someone"));
        await Refused("keys/lifetime", () => Keys.Create("till", Role.Viewer, TimeSpan.Zero, "someone"));
        await Refused("keys/lifetime", () => Keys.Create("till", Role.Viewer, TimeSpan.FromDays(4_000), "someone"));
        Assert.Empty(await Keys.All());
    }
}
