using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Registry;

namespace Clientele.Cli;

internal static class ModelsCommand
{
    public static Command Create() => new("models", "Which model serves, which did, and who changed that and why.") { List(), Show(), Promote(), Rollback(), Name(), Unname(), Delete(), Verify(), Export(), Import(), Collect() };

    private static Command List()
    {
        var json = CommonOptions.Json();
        return new Command("list", "List the versions of the workspace's model, the newest first.") { json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var versions = await store.Models.Versions(store.Name, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(versions, RunJson.Options));
            else if (versions.Count == 0)
                Console.WriteLine("No models yet. Make one: clientele run");
            else
                Table.Write(Console.Out, ["version", "called", "made", "by run", "digest"], [.. versions.Select(listed => (string[])
                [
                    $"{listed.Version.Version}", listed.Version.DeletedAt is null ? string.Join(", ", listed.Aliases) : "(deleted)", Moment(listed.Version.CreatedAt), listed.Version.Run, $"{listed.Version.Digest[..12]}…",
                ])]);
        });
    }

    private static Command Show()
    {
        var which = new Argument<string>("VERSION") { Description = "A number, or a name such as champion.", DefaultValueFactory = _ => ModelRegistry.Champion };
        var at = new Option<DateTimeOffset?>("--at") { Description = "What the name meant then, as in 2026-03-01T08:00Z; a day alone is its end, UTC.", HelpName = "MOMENT", CustomParser = result => Instant(result.Tokens[0].Value, result.AddError) };
        var json = CommonOptions.Json();
        return new Command("show", "Show a version and everything that was done with it.") { which, at, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var version = await Find(store, parsed.GetRequiredValue(which), parsed.GetValue(at), cancel);
            var names = (await store.Models.Versions(store.Name, cancel)).First(listed => listed.Version.Version == version.Version).Aliases;
            var done = (await store.Models.Audit(store.Name, cancel)).Where(entry => entry.Version == version.Version).ToList();
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Version = version, Aliases = names, Done = done }, RunJson.Options));
            else
            {
                Console.WriteLine($"{version.Model} {version.Version}   made {Moment(version.CreatedAt)} by the run {version.Run}{(names.Count > 0 ? $"   called {string.Join(", ", names)}" : "")}");
                Console.WriteLine($"  {version.Digest}");
                Table.Write(Console.Out, ["when", "what", "name", "by", "why"], [.. done.Select(entry => (string[])[Moment(entry.At), entry.Action, entry.Alias ?? "", entry.Actor, entry.Reason])]);
            }
        });
    }

    private static Command Promote()
    {
        var which = new Argument<string>("VERSION") { Description = "A number, or a name such as challenger.", DefaultValueFactory = _ => ModelRegistry.Challenger };
        var (reason, preview, json) = (StoreOptions.Reason(), StoreOptions.Preview(), CommonOptions.Json());
        var force = new Option<bool>("--force") { Description = "Also if it does not pass the gates, or cannot be judged; that stands in the audit." };
        return new Command("promote", "Make a version the champion, if it passes the gates of clientele.yaml.") { which, reason, force, preview, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var version = await Find(store, parsed.GetRequiredValue(which), null, cancel);
            var promotion = await ModelPromotion.Judge(store, version, cancel);
            if (!parsed.GetValue(json) && promotion.Judgement is { } judgement)
                Write(judgement);
            if (promotion.Unjudged is { } unjudged && (parsed.GetValue(preview) || parsed.GetValue(force)))
                Console.Error.WriteLine($"clientele: Not judged. {unjudged}");
            await Change(parsed, store, promotion, parsed.GetValue(preview), parsed.GetValue(reason), parsed.GetValue(json), async by =>
            {
                if (await promotion.Decide(store, by, parsed.GetValue(force), cancel) is { } refused)
                    throw new ProblemException(refused);
            }, cancel);
        });
    }

    private static void Write(Judgement judgement) => Table.Write(Console.Out, ["gate", "champion", "challenger", "limit", ""], [.. judgement.Gates.Select(gate => (string[])
        [gate.Name, Figure(gate.Champion), Figure(gate.Challenger), Figure(gate.Limit), gate.Challenger is null || gate.Limit is null ? gate.Passed ? "not measured" : "not measured, fails" : gate.Passed ? "passes" : "fails"])]);

    private static string Figure(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    private static Command Rollback()
    {
        var (reason, preview, json) = (StoreOptions.Reason(), StoreOptions.Preview(), CommonOptions.Json());
        return new Command("rollback", "Make the champion before the present one champion again.") { reason, preview, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var now = await store.Models.Called(store.Name, ModelRegistry.Champion, cancel);
            var back = new ModelPromotion(await store.Models.BeforeChampion(store.Name, cancel), now, null, null);
            await Change(parsed, store, back, parsed.GetValue(preview), parsed.GetValue(reason), parsed.GetValue(json), by => store.Models.Rollback(store.Name, by, cancel), cancel);
        });
    }

    private static Command Name()
    {
        var which = new Argument<string>("VERSION") { Description = "A number, or a name such as champion: the version that it points to now." };
        var name = new Argument<string>("NAME") { Description = "Letters, digits, - and _; not champion, which 'promote' gives." };
        var (reason, dry, json) = (StoreOptions.Reason(), StoreOptions.DryRun("Only say what would be called so."), CommonOptions.Json());
        return new Command("name", "Give a version a name. One that another version has moves.") { which, name, reason, dry, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var (version, called) = (await Find(store, parsed.GetRequiredValue(which), null, cancel), parsed.GetRequiredValue(name));
            var change = parsed.GetValue(dry)
                ? await store.Models.PreviewName(store.Name, called, version.Version, cancel)
                : await store.Models.Name(store.Name, called, version.Version, Act.ByThisUser(NeedsReason(parsed, parsed.GetValue(reason), "--dry-run")), cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(change, RunJson.Options)
                : change.Before == change.Now ? $"{change.Model} {change.Now} is called {change.Name} already."
                : $"{change.Model} {change.Now} {(parsed.GetValue(dry) ? "would be" : "is")} called {change.Name}{(change.Before is { } before ? $" (was {before})" : "")}.");
        });
    }

    private static Command Unname()
    {
        var name = new Argument<string>("NAME") { Description = "As 'models list' shows it; not champion." };
        var (reason, dry, json) = (StoreOptions.Reason(), StoreOptions.DryRun("Only say whose name would go."), CommonOptions.Json());
        return new Command("unname", "Take a name away. The version stays.") { name, reason, dry, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var change = parsed.GetValue(dry)
                ? await store.Models.PreviewUnname(store.Name, parsed.GetRequiredValue(name), cancel)
                : await store.Models.Unname(store.Name, parsed.GetRequiredValue(name), Act.ByThisUser(NeedsReason(parsed, parsed.GetValue(reason), "--dry-run")), cancel);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(change, RunJson.Options)
                : $"{change.Model} {change.Before} {(parsed.GetValue(dry) ? "would no longer be" : "is no longer")} called {change.Name}.");
        });
    }

    private static Command Delete()
    {
        var which = new Argument<long>("VERSION") { Description = "A number." };
        var (reason, json) = (StoreOptions.Reason(), CommonOptions.Json());
        var dry = StoreOptions.DryRun("Only say what would go.");
        return new Command("delete", "Bar a version from use for good. One that a name points to stays; the files of one that was champion once stay, for the audit.") { which, reason, dry, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var deletion = parsed.GetValue(dry)
                ? await store.Models.PreviewDelete(store.Name, parsed.GetValue(which), cancel)
                : await store.Models.Delete(store.Name, parsed.GetValue(which), Act.ByThisUser(NeedsReason(parsed, parsed.GetValue(reason), "--dry-run")), cancel);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(deletion, RunJson.Options)
                : $"{(parsed.GetValue(dry) ? "Would delete" : "Deleted")} {store.Name} {deletion.Version.Version}. {(deletion.KeepsFiles ? "It was champion once: its files stay, for the audit." : "Its files go with: clientele models collect")}");
        });
    }

    private static Command Verify()
    {
        var head = new Option<string?>("--head") { Description = "A digest that an earlier 'verify' ended with: it must still be in the audit.", HelpName = "DIGEST" };
        var json = CommonOptions.Json();
        return new Command("verify", "Check the audit's chain, and every file of every version.") { head, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var report = await store.Models.Verify(parsed.GetValue(head), cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(report, RunJson.Options));
            else if (report.Faults.Count == 0)
                Console.WriteLine($"{report.Entries:N0} entries and all files are sound. Note this down to prove it later: {report.Head}");
            if (report.Faults.Count > 0)
                throw new ProblemException(new("models/tampered", string.Join(" ", report.Faults), "Find out who can write there, and put back a copy that is sound."));
        });
    }

    private static Command Export()
    {
        var which = new Argument<string>("VERSION") { Description = "A number, or a name such as champion.", DefaultValueFactory = _ => ModelRegistry.Champion };
        var target = new Option<string>("--out") { Description = "A new .zip file; any other name is a new folder.", HelpName = "FILE|DIR", Required = true };
        var json = CommonOptions.Json();
        return new Command("export", "Write a version's bundle to a file or folder, every file checked on the way.") { which, target, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var version = await Find(store, parsed.GetRequiredValue(which), null, cancel);
            string to = Path.GetFullPath(parsed.GetRequiredValue(target));
            await ModelTransfer.Export(store, version, to, cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { Version = version, Path = to }, RunJson.Options) : $"{version.Model} {version.Version} is in {to}");
        });
    }

    private static Command Import()
    {
        var source = new Argument<string>("FILE") { Description = "What 'export' wrote: a .zip file or a folder." };
        var (reason, json) = (StoreOptions.Reason(), CommonOptions.Json());
        reason.Required = true;
        return new Command("import", "Take a bundle in as a version of the workspace's model. It serves when it is promoted.") { source, reason, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var version = await ModelTransfer.Import(store, Path.GetFullPath(parsed.GetRequiredValue(source)), Act.ByThisUser(parsed.GetRequiredValue(reason)), cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(version, RunJson.Options) : $"It is {version.Model} {version.Version}. Promote it: clientele models promote {version.Version} --reason \"why\"");
        });
    }

    private static Command Collect()
    {
        var json = CommonOptions.Json();
        return new Command("collect", "Delete files that no version, name, audit or run needs.") { json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var (objects, bytes) = await store.Models.Collect(cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { Objects = objects, Bytes = bytes }, RunJson.Options) : $"{objects:N0} files deleted, {bytes:N0} bytes freed.");
        });
    }

    private static async Task Change(
        ParseResult parsed, WorkspaceStore store, ModelPromotion asked, bool preview, string? reason, bool json, Func<Act, Task> change, CancellationToken cancel)
    {
        var (before, after, judgement) = (asked.Champion, asked.Version, asked.Judgement);
        if (preview)
        {
            var moves = await asked.Preview(store, cancel);
            if (json)
                Console.WriteLine(JsonSerializer.Serialize(new { Before = before?.Version, After = after.Version, Moves = moves, Judgement = judgement }, RunJson.Options));
            else
                Write(moves);
            return;
        }
        if (!json && judgement is not null)
            Console.WriteLine($"{judgement.Moves.Moved:N0} of {judgement.Moves.Customers:N0} customers would move.");
        await change(Act.ByThisUser(NeedsReason(parsed, reason, "--preview")));
        await AlertsCommand.Tell(store, cancel);
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { Before = before?.Version, Champion = after, Judgement = judgement }, RunJson.Options)
            : $"{store.Name} {after.Version} is the champion{(before is null || before == after ? "" : $" (was {before.Version})")}.");
    }

    private static string NeedsReason(ParseResult parsed, string? reason, string look) => !string.IsNullOrWhiteSpace(reason)
        ? reason
        : throw new ProblemException(new("usage/reason", $"'{parsed.CommandResult.Command.Name}' needs a reason.", $"Add --reason \"why\": it stands in the audit. Or look first with {look}."));

    private static void Write(SegmentMoves moves)
    {
        Console.WriteLine($"{moves.Moved:N0} of {moves.Customers:N0} customers would move{(moves.New + moves.Gone > 0 ? $"; {moves.New:N0} are new and {moves.Gone:N0} gone" : "")}.");
        if (moves.Between.Count > 0)
            Table.Write(Console.Out, ["customers", "from", "to", ""], [.. moves.Between.Select(move => (string[])[$"{move.Customers:N0}", move.From, move.To, move.Stays ? "the same segment" : "moved"])]);
    }

    private static async Task<ModelVersion> Find(WorkspaceStore store, string which, DateTimeOffset? at, CancellationToken cancel)
    {
        if (long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            return await store.Models.Version(store.Name, number, cancel);
        var called = at is { } instant ? await store.Models.CalledAt(store.Name, which, instant, cancel) : await store.Models.Called(store.Name, which, cancel);
        return called ?? throw new ProblemException(new("models/alias", $"No version of {store.Name} {(at is null ? "is" : "was")} called '{which}'{(at is null ? "" : " then")}.", "List them: clientele models list."));
    }

    private static DateTimeOffset? Instant(string text, Action<string> wrong)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMilliseconds(-1);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        wrong($"'{text}' is not a moment such as 2026-03-01T08:00Z.");
        return null;
    }

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
