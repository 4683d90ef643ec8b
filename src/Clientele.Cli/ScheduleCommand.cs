using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Schedules;

namespace Clientele.Cli;

internal static class ScheduleCommand
{
    private const string UntilInputEnds = "--until-input-ends";

    public static Command Create() =>
        new("schedule", "Runs at set times, or when files have changed: say when, look ahead, fill the past, execute.") { Add(), List(), Preview(), Pause(), Resume(), Remove(), Backfill(), Serve() };

    private static Command Add()
    {
        var name = Name();
        var cron = new Option<string?>("--cron") { Description = "Minute, hour, day of month, month, day of week, as in '30 2 * * 1' for Mondays at half past two.", HelpName = "TIMES" };
        var files = new Option<string?>("--files") { Description = "In place of --cron: a path, glob or folder, relative to the workspace. A run is due when what it finds has changed.", HelpName = "GLOB" };
        var settled = new Option<int>("--settled") { Description = "Seconds that files must stay as they are before they count.", HelpName = "N", DefaultValueFactory = _ => 30 };
        settled.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 0 or > 86_400) result.AddError("--settled takes 0 to 86400 seconds."); });
        var zone = new Option<string>("--zone") { Description = "Time zone of --cron.", HelpName = "ZONE", DefaultValueFactory = _ => "UTC" };
        var mode = new Option<string>("--mode") { Description = "What is done: train; score with the champion; auto: score, then train if customers have drifted.", HelpName = "MODE", DefaultValueFactory = _ => "train" };
        mode.AcceptOnlyFromAmong("train", "score", "auto");
        var catchUp = new Option<string>("--catch-up") { Description = "What of the times that passed while no scheduler ran is due: none, last or all.", HelpName = "WHICH", DefaultValueFactory = _ => "last" };
        catchUp.AcceptOnlyFromAmong("none", "last", "all");
        var overlap = new Option<string>("--overlap") { Description = "When a run is due while an earlier one is at work: skip, queue or allow.", HelpName = "WHAT", DefaultValueFactory = _ => "skip" };
        overlap.AcceptOnlyFromAmong("skip", "queue", "allow");
        var replace = new Option<bool>("--replace") { Description = "Change a schedule that is there already." };
        var (dry, json) = (Dry("Check it and show its next times, and add nothing."), CommonOptions.Json());
        return new Command("add", "Add a schedule.") { name, cron, files, settled, zone, mode, catchUp, overlap, replace, dry, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var schedule = new Schedule(parsed.GetRequiredValue(name), parsed.GetValue(cron), parsed.GetRequiredValue(zone), Enum.Parse<CatchUp>(parsed.GetRequiredValue(catchUp), ignoreCase: true),
                Enum.Parse<Overlap>(parsed.GetRequiredValue(overlap), ignoreCase: true))
            {
                Files = parsed.GetValue(files),
                Settled = TimeSpan.FromSeconds(parsed.GetValue(settled)),
                Mode = parsed.GetRequiredValue(mode),
            };
            schedule.Check();
            if (!parsed.GetValue(replace) && (await store.Schedules.All(cancel)).Any(there => there.Name == schedule.Name))
                throw new ProblemException(new("schedule/exists", $"There is a schedule '{schedule.Name}' already.", "Choose another name, or change it with --replace."));
            if (!parsed.GetValue(dry))
                await store.Schedules.Put(schedule, schedule.Files is { } watched ? await new FileWatch(store.Folder).Digest(watched, cancel) : null, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Schedule = schedule, Next = Ahead(schedule, 3) }, RunJson.Options));
            else
                Console.WriteLine($"{(parsed.GetValue(dry) ? "Would add" : "Added")} '{schedule.Name}': {When(schedule)}. Next: {Next(schedule)}. {(parsed.GetValue(dry) ? "" : "It is executed by: clientele schedule serve")}".TrimEnd());
        });
    }

    private static Command List()
    {
        var json = CommonOptions.Json();
        return new Command("list", "List schedules, when each is due next and what became of it last.") { json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            await store.Runs.NoticeDead(cancel);
            var rows = new List<(Schedule Schedule, DueRun? Last, string? State)>();
            foreach (var schedule in await store.Schedules.All(cancel))
            {
                var last = await store.Schedules.Latest(schedule.Name, 1, cancel) is [var newest] ? newest : null;
                rows.Add((schedule, last, last?.Run is { } run ? (await store.Runs.Get(run, cancel)).State.ToString() : last is null ? null : "skipped"));
            }
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(rows.Select(row => new { row.Schedule, Next = Ahead(row.Schedule, 1), row.Last, row.State }), RunJson.Options));
            else if (rows.Count == 0)
                Console.WriteLine("No schedules yet. Add one: clientele schedule add nightly --cron '0 2 * * *'");
            else
                Table.Write(Console.Out, ["schedule", "when", "does", "if missed", "if busy", "next", "last", "became"], [.. rows.Select(row => (string[])
                [
                    row.Schedule.Name, When(row.Schedule), row.Schedule.Mode, $"{row.Schedule.CatchUp}".ToLowerInvariant(), $"{row.Schedule.Overlap}".ToLowerInvariant(), Next(row.Schedule),
                    row.Last is { } last ? Local(row.Schedule, last.DueAt) : "–", row.State?.ToLowerInvariant() ?? "–",
                ])]);
        });
    }

    private static Command Preview()
    {
        var name = Name();
        var count = new Option<int>("--count") { Description = "How many.", HelpName = "N", DefaultValueFactory = _ => 10 };
        count.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > 1_000) result.AddError("--count takes 1 to 1000."); });
        var json = CommonOptions.Json();
        return new Command("preview", "Show the next times of a schedule, clock changes and all.") { name, count, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var schedule = await store.Schedules.Get(parsed.GetRequiredValue(name), cancel);
            var ahead = Ahead(schedule, parsed.GetValue(count));
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(ahead, RunJson.Options));
            else if (ahead.Count == 0)
                Console.WriteLine(schedule.Cron is null ? $"'{schedule.Name}' is due when {schedule.Files} has changed." : $"'{schedule.Name}' is never due again: '{schedule.Cron}'.");
            else
                Table.Write(Console.Out, [$"in {schedule.Zone}", "UTC"], [.. ahead.Select(due => (string[])[Local(schedule, due), due.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)])]);
        });
    }

    private static Command Pause() => Switch("pause", "Let nothing of a schedule be due.", paused: true);

    private static Command Resume() => Switch("resume", "Let a paused schedule be due again, from now on.", paused: false);

    private static Command Switch(string verb, string says, bool paused)
    {
        var (name, dry, json) = (Name(), Dry("Only say what would be done."), CommonOptions.Json());
        return new Command(verb, says) { name, dry, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var schedule = await store.Schedules.Get(parsed.GetRequiredValue(name), cancel) with { Paused = paused };
            if (!parsed.GetValue(dry))
                await store.Schedules.Pause(schedule.Name, paused, cancel);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(schedule, RunJson.Options)
                : $"'{schedule.Name}' {(parsed.GetValue(dry) ? "would be" : "is")} {(paused ? "paused" : $"due again. Next: {Next(schedule)}")}.");
        });
    }

    private static Command Remove()
    {
        var (name, dry, json) = (Name(), Dry("Only say what would be done."), CommonOptions.Json());
        return new Command("remove", "Forget a schedule. The runs it made stay.") { name, dry, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var schedule = await store.Schedules.Get(parsed.GetRequiredValue(name), cancel);
            if (!parsed.GetValue(dry))
                await store.Schedules.Remove(schedule.Name, cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(schedule, RunJson.Options) : $"'{schedule.Name}' {(parsed.GetValue(dry) ? "would be" : "is")} removed.");
        });
    }

    private static Command Backfill()
    {
        var name = Name();
        var from = new Option<DateOnly>("--from") { Description = "First day, where the schedule is kept.", HelpName = "DATE", Required = true, CustomParser = Day };
        var to = new Option<DateOnly>("--to") { Description = "Last day.", HelpName = "DATE", Required = true, CustomParser = Day };
        var (dry, json) = (Dry("Only list the runs that would be made."), CommonOptions.Json());
        return new Command("backfill", "Make a run of every time of a schedule in a window of the past, each as of its day. Done again, only what failed is begun again.") { name, from, to, dry, json }
            .Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            await store.Runs.NoticeDead(cancel);
            var schedule = await store.Schedules.Get(parsed.GetRequiredValue(name), cancel);
            var made = await store.Schedules.Backfill(schedule.Name, schedule.StartOf(parsed.GetRequiredValue(from)), schedule.StartOf(parsed.GetRequiredValue(to).AddDays(1)).AddMilliseconds(-1), parsed.GetValue(dry), cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(made, RunJson.Options));
            else if (made.Count == 0)
                Console.WriteLine("Every time of that window has its run already: clientele runs list --filter \"tags.schedule = '" + schedule.Name + "'\"");
            else
            {
                Table.Write(Console.Out, ["due", "as of", "run"], [.. made.Select(due => (string[])[Local(schedule, due.DueAt), due.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "–", due.Run ?? "would be made"])]);
                Console.WriteLine(parsed.GetValue(dry) ? $"{made.Count:N0} runs would be made." : $"{made.Count:N0} runs wait. They are executed one after the other by: clientele schedule serve");
            }
        });
    }

    private static Command Serve()
    {
        var once = new Option<bool>("--once") { Description = "Do what is due now, then end." };
        var atOnce = new Option<int>("--at-once") { Description = "Most runs at work at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
        atOnce.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > 64) result.AddError("--at-once takes 1 to 64."); });
        var (threads, quiet, json) = (CommonOptions.Threads(), CommonOptions.Quiet(), CommonOptions.Json());
        var dry = Dry("Only say what is due now.");
        var beside = new Option<bool>(UntilInputEnds) { Description = "Stop when standard input ends, as it does when the process that holds it dies." };
        return new Command("serve", "Execute what is due, until stopped. Several may be started on one store: one leads, another follows it when it dies.") { once, atOnce, threads, beside, dry, json, quiet }
            .Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            if (parsed.GetValue(dry))
            {
                var due = await store.Schedules.Plan(dry: true, cancel: cancel);
                Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(due, RunJson.Options) : due.Count == 0 ? "Nothing is due." : string.Join('\n', due.Select(run => $"{run.Schedule}   due {run.DueAt:yyyy-MM-dd HH:mm} UTC")));
                return;
            }
            if (!parsed.GetValue(quiet) && !parsed.GetValue(json) && (await store.Schedules.All(cancel)).Count == 0)
                Console.WriteLine("No schedules yet: nothing will be due. Add one: clientele schedule add nightly --cron '0 2 * * *'");
            var news = parsed.GetValue(quiet) ? null : new SchedulerLines(Console.Out, parsed.GetValue(json), TimeProvider.System);
            var options = SchedulerOptions.Default with { Once = parsed.GetValue(once), AtOnce = parsed.GetValue(atOnce) };
            await WorkspaceScheduler.Of(store, options, parsed.GetValue(threads), TimeProvider.System, news).Run(parsed.GetValue(beside) ? InputEnd(cancel) : cancel);
            if (options.Once)
                await AlertsCommand.Tell(store, cancel);
        });
    }

    /// <summary>Words that start a scheduler beside another process.</summary>
    public static string[] ServeBeside(string workspace) => ["schedule", "serve", "--workspace", workspace, UntilInputEnds, "--json"];

    private static CancellationToken InputEnd(CancellationToken cancel)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // A thread of its own: reading the console's input cannot be called off.
        new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0) { }
            end.Cancel();
        })
        { IsBackground = true, Name = "end of input" }.Start();
        return end.Token;
    }

    private static Argument<string> Name() => new("NAME") { Description = "The schedule." };

    private static Option<bool> Dry(string says) => new("--dry-run") { Description = says };

    private static DateOnly Day(ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        result.AddError($"'{result.Tokens[0].Value}' is not a date such as 2011-12-31.");
        return default;
    }

    private static List<DateTimeOffset> Ahead(Schedule schedule, int count) =>
        schedule.Paused ? [] : [.. schedule.Instants(TimeProvider.System.GetUtcNow(), DateTimeOffset.MaxValue).Take(count)];

    private static string When(Schedule schedule) => schedule.Cron is { } cron ? $"{cron} in {schedule.Zone}" : $"{schedule.Files} changed";

    private static string Next(Schedule schedule) =>
        schedule.Paused ? "paused" : schedule.Cron is null ? "when they change" : Ahead(schedule, 1) is [var next] ? $"{Local(schedule, next)}" : "never";

    private static string Local(Schedule schedule, DateTimeOffset due) => schedule.InZone(due).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}
