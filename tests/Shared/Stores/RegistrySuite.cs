using System.Text;
using Clientele.Artifacts;
using Clientele.Models;
using Clientele.Problems;
using Clientele.Registry;
using Clientele.Storage;
using static Clientele.Registry.ModelRegistry;

namespace Clientele.Tests.Stores;

public abstract class RegistrySuite : StoreSuite
{
    private const string Model = "shop";
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-registry-").FullName;
    private static readonly Act Because = new("tester", "because");

    /// <summary>Where bundles are kept: a folder, unless a class says otherwise.</summary>
    private protected virtual IObjects Objects => new ObjectFolder(Path.Combine(folder, "objects"), Clock);

    /// <summary>Where the content of every object lies on the disk, whoever keeps it there.</summary>
    private protected virtual IEnumerable<(string File, string Digest)> ObjectFiles() =>
        Directory.EnumerateFiles(Path.Combine(folder, "objects"), "*", SearchOption.AllDirectories).Select(file => (file, ObjectNames.DigestIn(file)!));

    private ModelRegistry Registry => new(Store, Objects);
    private string Home => Path.Combine(folder, "bundles");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_version_keeps_its_number_and_equal_bundles_share_one()
    {
        var first = await Register("a");
        var second = await Register("b");

        Assert.Equal((1, 2), (first.Version, second.Version));
        Assert.Equal(first, await Register("a"));
        Assert.Equal("a", await File.ReadAllTextAsync(Path.Combine(await Registry.Files(first, Home), "model.json")));
    }

    /// <summary>A year of random promotions, rollbacks, moves, deletes and clocks set back: what was champion at every instant is told as it was.</summary>
    [Fact]
    public async Task Over_a_year_the_registry_names_the_champion_at_every_instant()
    {
        var random = new Random(365);
        var told = new List<(DateTimeOffset At, long? Champion)>();
        var stack = new Stack<long>();
        var deleted = new HashSet<long>();
        long versions = 0;
        for (int day = 0; day < 120; day++)
        {
            Clock.Advance(random.Next(12) == 0 ? TimeSpan.FromHours(-1) : TimeSpan.FromHours(random.Next(1, 150)));
            long any = random.NextInt64(1, versions + 1);
            switch (random.Next(7))
            {
                case 0 or 1 when versions < 25:
                    versions = (await Register($"bundle {day}")).Version;
                    await Registry.Move(Model, Challenger, versions, Because);
                    continue;
                case 2 or 3 when versions > 0 && !deleted.Contains(any):
                    await Registry.Promote(Model, any, Because);
                    if (!stack.TryPeek(out long top) || top != any)
                        stack.Push(any);
                    break;
                case 4 when Earlier(stack, deleted) is { } earlier:
                    Assert.Equal(earlier, (await Registry.Rollback(Model, Because)).Version);
                    while (stack.Peek() != earlier)
                        stack.Pop();
                    break;
                case 4:
                    await Refused("models/no-earlier", () => Registry.Rollback(Model, Because));
                    continue;
                case 5 when versions > 0 && !deleted.Contains(any):
                    try
                    {
                        await Registry.Delete(Model, any, Because);
                        deleted.Add(any);
                        Assert.False(stack.TryPeek(out long champion) && champion == any);
                    }
                    catch (ProblemException used) when (used.Problem.Kind == "models/in-use")
                    {
                        Assert.Contains(await Registry.Versions(Model), listed => listed.Version.Version == any && listed.Aliases.Count > 0);
                    }
                    continue;
                case 6 when stack.Count > 0 && random.Next(6) == 0:
                    await Registry.RemoveAlias(Model, Champion, Because);
                    stack.Clear();
                    break;
                default:
                    continue;
            }
            told.Add(((await Registry.Audit(Model))[^1].At, stack.TryPeek(out long now) ? now : null));
        }

        Assert.True(told.Count > 30 && told.Select(each => each.Champion).Distinct().Count() > 5);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
        foreach (var instant in told.GroupBy(each => each.At))
        {
            long? champion = instant.Last().Champion;
            Assert.Equal(champion, (await Registry.CalledAt(Model, Champion, instant.Key))?.Version);
            Assert.Equal(told.LastOrDefault(each => each.At < instant.Key).Champion, (await Registry.CalledAt(Model, Champion, instant.Key - TimeSpan.FromMilliseconds(1)))?.Version);
        }
        Assert.Equal(told[^1].Champion, (await Registry.Called(Model, Champion))?.Version);
        Assert.Empty((await Registry.Verify()).Faults);
    }

    [Fact]
    public async Task A_byte_flipped_in_any_file_is_refused_and_the_champion_before_still_given()
    {
        var before = await Champion_("good");
        var now = await Champion_("new");
        var random = new Random(1);
        foreach (var (file, digest) in ObjectFiles().ToList())
        {
            bool shared = (await Digests(before)).Contains(digest);
            byte[] sound = await File.ReadAllBytesAsync(file), bad = [.. sound];
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(file, bad);
            if (Directory.Exists(Home))
                Directory.Delete(Home, recursive: true);

            var given = shared ? null : await Registry.SoundChampion(Model, Home);

            if (given is not null)
            {
                Assert.Equal(before, given.Version);
                Assert.Equal("good", await File.ReadAllTextAsync(Path.Combine(given.Folder, "model.json")));
                Assert.Equal("objects/damaged", Assert.Single(given.Refused).Kind);
            }
            Assert.Contains((await Registry.Verify()).Faults, fault => fault.Contains("damaged", StringComparison.Ordinal));
            await File.WriteAllBytesAsync(file, sound);
            Assert.Equal(now, (await Registry.SoundChampion(Model, Home)).Version);
        }
    }

    [Fact]
    public async Task A_damaged_copy_is_made_again_from_the_objects()
    {
        var version = await Champion_("good");
        string copy = (await Registry.SoundChampion(Model, Home)).Folder;
        foreach (string file in Directory.EnumerateFiles(copy))
        {
            await File.AppendAllTextAsync(file, " ");

            var given = await Registry.SoundChampion(Model, Home);

            Assert.Equal((version, 0), (given.Version, given.Refused.Count));
            Assert.Equal("good", await File.ReadAllTextAsync(Path.Combine(given.Folder, "model.json")));
        }
    }

    [Fact]
    public async Task Whatever_is_changed_in_the_audit_is_seen()
    {
        await Champion_("a");
        await Champion_("b");
        await Registry.RecordJudgement(Model, 2, """{"silhouette":0.4}""", Because);
        await Registry.Rollback(Model, Because);
        string head = (await Registry.Verify()).Head;
        string[] changes =
        [
            "UPDATE audit SET at = at + 1 WHERE number = 2", "UPDATE audit SET actor = 'somebody' WHERE number = 3", "UPDATE audit SET action = 'deleted' WHERE number = 4",
            "UPDATE audit SET model = 'other' WHERE number = 1", "UPDATE audit SET version = 2 WHERE number = 2", "UPDATE audit SET alias = 'gold' WHERE number = 2",
            "UPDATE audit SET reason = '' WHERE number = 5", "UPDATE audit SET detail = '{}' WHERE number = 5", "UPDATE audit SET previous = digest WHERE number = 3",
            "UPDATE audit SET digest = previous WHERE number = 6", "DELETE FROM audit WHERE number = 3", "DELETE FROM audit WHERE number = 6", "DELETE FROM audit WHERE number = 5",
            "UPDATE model_aliases SET version = 2", "DELETE FROM model_aliases", "UPDATE model_versions SET digest = 'x' WHERE version = 2", "UPDATE model_versions SET deleted_at = 1 WHERE version = 2",
        ];
        foreach (string change in changes)
            await Assert.ThrowsAsync<TakenBack>(() => Store.Write(async session =>
            {
                Assert.Equal(1, await session.Execute(change));
                Assert.True((await RegistryReport.Of(session, head)).Faults.Count > 0, change);
                throw new TakenBack();
            }, default));

        // The very last entry can be cut off with all that it did; who noted the head down sees it.
        await Store.Write(session => session.Execute("DELETE FROM audit WHERE number = 6"), default);
        await Store.Write(session => session.Execute("UPDATE model_aliases SET version = 2"), default);
        Assert.Empty((await Registry.Verify()).Faults);
        Assert.Single((await Registry.Verify(head)).Faults);
    }

    [Fact]
    public async Task Only_what_nothing_needs_is_collected()
    {
        var (champion, was, never, kept) = (await Register("champion"), await Register("was"), await Register("never"), await Register("kept"));
        await Registry.Promote(Model, was.Version, Because);
        await Registry.Promote(Model, champion.Version, Because);
        await Registry.Delete(Model, was.Version, Because);
        await Registry.Delete(Model, never.Version, Because);
        Assert.Equal(0, (await Registry.Collect()).Objects);
        Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(2, (await Registry.Collect()).Objects);

        foreach (var version in (ModelVersion[])[champion, was, kept])
            await Registry.Files(version, Home);
        await Refused("objects/missing", () => Registry.Files(never, Home));
        Assert.Empty((await Registry.Verify()).Faults);
    }

    [Fact]
    public async Task Of_two_that_move_an_alias_at_once_both_are_told()
    {
        await Register("a");
        await Register("b");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Registry.Move(Model, Champion, 1 + i % 2, Because))));

        var moves = (await Registry.Audit(Model)).Where(entry => entry.Alias == Champion).Select(entry => entry.Version).ToList();
        Assert.NotEmpty(moves);
        Assert.All(moves.Zip(moves.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(moves[^1], (await Registry.Called(Model, Champion))?.Version);
        Assert.Empty((await Registry.Verify()).Faults);
    }

    [Theory, InlineData("latest"), InlineData("v12"), InlineData("a b"), InlineData(""), InlineData("12"), InlineData("a/b"), InlineData("a\0")]
    public async Task Names_that_mean_something_else_are_refused(string alias)
    {
        await Register("a");
        await Refused("models/name", () => Registry.Move(Model, alias, 1, Because));
        await Refused("models/name", () => Registry.Name(Model, alias, 1, Because));
        await Refused("models/alias", () => Registry.Unname(Model, alias.Replace('\0', ' '), Because));
    }

    [Fact]
    public async Task A_name_is_given_moved_and_taken_away_and_all_of_it_is_on_record()
    {
        await Champion_("a");
        await Register("b");

        Assert.Equal(new(Model, "gold", null, 1), await Registry.PreviewName(Model, "gold", 1));
        Assert.Null(await Registry.Called(Model, "gold"));
        Assert.Equal(new(Model, "gold", null, 1), await Registry.Name(Model, "gold", 1, Because));
        Assert.Equal(new(Model, "gold", 1, 2), await Registry.Name(Model, "gold", 2, Because));
        Assert.Equal(new(Model, "gold", 2, 2), await Registry.Name(Model, "gold", 2, Because));
        await Refused("models/in-use", () => Registry.Delete(Model, 2, Because));
        Assert.Equal(new(Model, "gold", 2, null), await Registry.PreviewUnname(Model, "gold"));
        Assert.Equal(2, (await Registry.Called(Model, "gold"))?.Version);
        Assert.Equal(new(Model, "gold", 2, null), await Registry.Unname(Model, "gold", Because));
        await Refused("models/alias", () => Registry.Unname(Model, "gold", Because));
        await Registry.Delete(Model, 2, Because);

        Assert.Equal([("moved", 1), ("moved", 2), ("removed", 2)], (await Registry.Audit(Model)).Where(entry => entry.Alias == "gold").Select(entry => (entry.Action, (int)entry.Version!)));
        Assert.Empty((await Registry.Verify()).Faults);
    }

    [Theory, InlineData("champion"), InlineData("Champion")]
    public async Task The_champion_s_name_is_neither_given_nor_taken_without_the_gates(string name)
    {
        await Champion_("a");
        await Register("b");

        await Refused("models/champion", () => Registry.Name(Model, name, 2, Because));
        await Refused("models/champion", () => Registry.PreviewName(Model, name, 2));
        await Refused("models/champion", () => Registry.Unname(Model, name, Because));
        await Refused("models/champion", () => Registry.PreviewUnname(Model, name));
        Assert.Equal(1, (await Registry.Called(Model, Champion))?.Version);
    }

    [Fact]
    public async Task A_version_that_is_gone_gets_no_name()
    {
        await Register("a");
        await Registry.Delete(Model, 1, Because);

        await Refused("models/deleted", () => Registry.Name(Model, "gold", 1, Because));
        await Refused("models/unknown", () => Registry.Name(Model, "gold", 2, Because));
    }

    private static long? Earlier(Stack<long> stack, HashSet<long> deleted) =>
        stack.Skip(1).Where(version => version != stack.Peek() && !deleted.Contains(version)).Select(version => (long?)version).FirstOrDefault();

    private async Task<ModelVersion> Champion_(string content)
    {
        var version = await Register(content);
        await Registry.Promote(Model, version.Version, Because);
        return version;
    }

    private async Task<ModelVersion> Register(string content)
    {
        string bundle = Directory.CreateDirectory(Path.Combine(folder, "new")).FullName;
        var files = new Dictionary<string, byte[]> { ["model.json"] = Encoding.UTF8.GetBytes(content), ["settings.json"] = "{}"u8.ToArray() };
        files[BundleManifest.Name] = BundleManifest.Of(files, 1);
        foreach (var (name, bytes) in files)
            await File.WriteAllBytesAsync(Path.Combine(bundle, name), bytes);
        return await Registry.Register(Model, bundle, "run", Because);
    }

    private async Task<IReadOnlyList<string>> Digests(ModelVersion version) => await BundleObjects.Needs(Objects, version.Digest, default);

    private sealed class TakenBack : Exception;
}
