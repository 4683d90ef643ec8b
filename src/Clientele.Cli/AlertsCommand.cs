using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Clientele.Alerts;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Cli;

internal static class AlertsCommand
{
    public static Command Create() => new("alerts", "Who is told of failed runs, drift and another champion, and whether they have it.") { List(), Test(), Send() };

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "Most alerts at once.", HelpName = "N", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > 10_000) result.AddError("--limit takes a number from 1 to 10000."); });
        var json = CommonOptions.Json();
        return new Command("list", "List the channels and the newest alerts.") { limit, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var alerts = await store.Alerts.Outbox.Latest(parsed.GetValue(limit), cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Channels = store.AlertChannels.Select(channel => new { channel.Name, channel.Kind, channel.On }), Alerts = alerts }, RunJson.Options));
            else if (store.AlertChannels.Count == 0)
                Console.WriteLine("Nobody is told of anything yet. Name a channel under 'alerts:' in clientele.yaml, then try it: clientele alerts test");
            else
            {
                Table.Write(Console.Out, ["channel", "kind", "is told of"], [.. store.AlertChannels.Select(channel => (string[])[channel.Name, channel.Kind, string.Join(", ", channel.On)])]);
                Console.WriteLine();
                if (alerts.Count == 0)
                    Console.WriteLine("There was nothing to tell yet.");
                else
                    Table.Write(Console.Out, ["when", "what", "channel", "is", "tried", "because"], [.. alerts.Select(each => (string[])
                    [
                        each.Alert.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), each.Alert.Type, each.Channel,
                        each.State switch { AlertState.Sent => "sent", AlertState.GivenUp => "given up", _ => "waiting" }, $"{each.Attempts}", each.Error ?? "",
                    ])]);
            }
        });
    }

    private static Command Test()
    {
        var name = new Argument<string?>("NAME") { Description = "The channel; all of them when left out.", DefaultValueFactory = _ => null };
        var (dry, json) = (new Option<bool>("--dry-run") { Description = "Only say which channels would be tried." }, CommonOptions.Json());
        return new Command("test", "Send a test alert at once and say whether it was taken.") { name, dry, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var channels = parsed.GetValue(name) is { } wanted ? [.. store.AlertChannels.Where(channel => channel.Name == wanted)] : store.AlertChannels;
            if (channels.Count == 0)
                throw new ProblemException(new("alerts/unknown", parsed.GetValue(name) is { } missing ? $"There is no channel '{missing}'." : "There are no channels.",
                    store.AlertChannels.Count > 0 ? $"Valid here: {string.Join(", ", store.AlertChannels.Select(channel => channel.Name))}." : "Name one under 'alerts:' in clientele.yaml."));
            if (parsed.GetValue(dry))
            {
                Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(channels.Select(channel => channel.Name), RunJson.Options) : string.Join('\n', channels.Select(channel => $"{channel.Name}   would be tried")));
                return;
            }
            var outcomes = new List<AlertOutcome>();
            foreach (var channel in channels)
                outcomes.Add(await store.Alerts.Test(channel, cancel));
            Write(outcomes, parsed.GetValue(json));
            if (outcomes.Any(outcome => outcome.Error is not null))
                throw new ProblemException(new("alerts/not-taken", "Not every channel took the test.", "Put right what is said above, and try again."));
        });
    }

    private static Command Send()
    {
        var json = CommonOptions.Json();
        return new Command("send", "Tell now what there is to tell. 'schedule serve' does that all the time, and a run at its end.") { json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var outcomes = await store.Alerts.Deliver(cancel);
            if (outcomes.Count == 0 && !parsed.GetValue(json))
                Console.WriteLine("There is nothing to tell now: clientele alerts list");
            else
                Write(outcomes, parsed.GetValue(json));
        });
    }

    /// <summary>After a command that may have given something to tell; what is not taken now waits.</summary>
    public static async Task Tell(WorkspaceStore store, CancellationToken cancel)
    {
        if (store.AlertChannels.Count == 0)
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            foreach (var outcome in (await store.Alerts.Deliver(patience.Token)).Where(outcome => outcome.Error is not null))
                Console.Error.WriteLine($"clientele: The channel '{outcome.Channel}' did not take an alert; it waits. {outcome.Error}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            Console.Error.WriteLine("clientele: Not all alerts were taken in time; they wait: clientele alerts send");
        }
    }

    /// <summary>The same, of a workspace that may not be in order.</summary>
    public static async Task TellOf(string folder, CancellationToken cancel)
    {
        if (SettingsFile.Check(folder) is not ({ Alerts.Count: > 0 }, []))
            return;
        try
        {
            await using var store = await WorkspaceStore.Open(folder, TimeProvider.System, cancel);
            await Tell(store, cancel);
        }
        catch (ProblemException away)
        {
            Console.Error.WriteLine($"clientele: Nobody could be told of this. {away.Problem}");
        }
    }

    private static void Write(IReadOnlyList<AlertOutcome> outcomes, bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(outcomes, RunJson.Options));
        else
            Table.Write(Console.Out, ["channel", "what", "was"], [.. outcomes.Select(outcome => (string[])[outcome.Channel, outcome.Type, outcome.Error is null ? "taken" : $"not taken: {outcome.Error}"])]);
    }
}
