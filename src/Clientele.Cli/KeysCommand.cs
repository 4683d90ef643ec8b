using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Clientele.Access;
using Clientele.Pipeline;
using Clientele.Registry;

namespace Clientele.Cli;

internal static class KeysCommand
{
    public static Command Create() => new("keys", "Who may use the service. Until there is a key it answers this machine alone, and asks for none.") { New(), List(), Revoke() };

    private static Command New()
    {
        var name = new Argument<string>("NAME") { Description = "Whose key it is, or what for." };
        var role = new Option<Role>("--role")
        {
            Description = "viewer reads and predicts, operator also begins and stops runs, admin also says which model serves.",
            HelpName = "viewer|operator|admin",
            DefaultValueFactory = _ => Role.Viewer,
            CustomParser = result => RoleOf(result.Tokens[0].Value, result.AddError),
        };
        var expires = new Option<TimeSpan>("--expires")
        {
            Description = "How long it is good for: 90d, 12h, never.",
            HelpName = "TIME",
            DefaultValueFactory = _ => TimeSpan.FromDays(90),
            CustomParser = result => LifetimeOf(result.Tokens[0].Value, result.AddError),
        };
        var json = CommonOptions.Json();
        return new Command("create", "Make a key. Its text is shown once and kept nowhere.") { name, role, expires, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var (key, text) = await store.Keys.Create(parsed.GetRequiredValue(name), parsed.GetValue(role), parsed.GetValue(expires) is var time && time == Never ? null : time, Act.ByThisUser("").Actor, cancel);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { Key = text, key.Id, key.Name, key.Role, key.ExpiresAt }, RunJson.Options));
                return;
            }
            Console.WriteLine(text);
            Console.Error.WriteLine($"This is the key of '{key.Name}' ({Word(key.Role)}, {(key.ExpiresAt is { } end ? $"until {Moment(end)} UTC" : "for ever")}). Keep it: nobody can show it again. Send it as 'Authorization: Bearer KEY'.");
        });
    }

    private static Command List()
    {
        var json = CommonOptions.Json();
        return new Command("list", "List the keys, the newest first; never their text.") { json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var keys = await store.Keys.All(cancel);
            var now = TimeProvider.System.GetUtcNow();
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(keys, RunJson.Options));
            else if (keys.Count == 0)
                Console.WriteLine("No keys yet. Make one: clientele keys create NAME --role admin");
            else
                Table.Write(Console.Out, ["id", "name", "role", "made", "by", "good until"], [.. keys.Select(key => (string[])
                    [key.Id, key.Name, Word(key.Role), Moment(key.CreatedAt), key.CreatedBy, StateOf(key, now)])]);
        });
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("ID") { Description = "As in 'clientele keys list'." };
        var json = CommonOptions.Json();
        return new Command("revoke", "End a key now. A service at work refuses it within a second.") { id, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var key = await store.Keys.Revoke(parsed.GetRequiredValue(id), cancel);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { key.Id, key.Name, key.RevokedAt }, RunJson.Options)
                : $"The key {key.Id} of '{key.Name}' is good for nothing any more.");
        });
    }

    private static string StateOf(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt is { } revoked ? $"revoked {Moment(revoked)}" : key.ExpiresAt is not { } end ? "for ever" : key.IsExpired(now) ? $"expired {Moment(end)}" : Moment(end);

    private static Role RoleOf(string text, Action<string> wrong)
    {
        if (Enum.GetValues<Role>().Where(role => Word(role) == text).ToList() is [var role])
            return role;
        wrong($"'{text}' is not a role. It takes viewer, operator or admin.");
        return default;
    }

    // The parser of an option cannot answer null.
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private static TimeSpan LifetimeOf(string text, Action<string> wrong)
    {
        if (text == "never")
            return Never;
        if (text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 87_600 && text[^1] is 'd' or 'h')
            return text[^1] == 'd' ? TimeSpan.FromDays(number) : TimeSpan.FromHours(number);
        wrong($"'{text}' is not a time such as 90d, 12h or never.");
        return default;
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
