namespace Clientele.Settings;

public static partial class SettingsFile
{
    private static List<AlertSettings> AlertChannels(YamlSection file)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. file.Sections("alerts").Select(section =>
        {
            string kind = section.Word("kind", AlertSettings.Webhook, AlertSettings.Webhook, AlertSettings.Slack, AlertSettings.Telegram, AlertSettings.Email);
            var channel = new AlertSettings(section.Text("name", kind)!, kind, section.Texts("on", [AlertSettings.Failure, AlertSettings.Drift, AlertSettings.Promotion]))
            {
                Url = section.Text("url", kind == AlertSettings.Telegram ? "https://api.telegram.org" : null),
                SecretVariable = section.Text("secret_env"),
                SecretFile = section.Text("secret_file"),
                Chat = section.Text("chat"),
                From = section.Text("from"),
                To = section.Texts("to", []),
                StartTls = section.Flag("starttls", true),
                AllowPrivate = section.Flag("allow_private", false),
            };
            if (!names.Add(channel.Name))
                section.Report("config/wrong-value", $"There are two channels named '{channel.Name}'.", "Give each a 'name' of its own.", section.Has("name") ? "name" : "kind");
            foreach (string what in channel.On.Except([AlertSettings.Failure, AlertSettings.Drift, AlertSettings.Promotion]))
                section.Report("config/wrong-value", $"'{what}' is not a value of 'on'.", "Valid here: failure, drift, promotion.", "on");
            AlertAddress(section, channel);
            Needs(channel.HasSecret || kind == AlertSettings.Email || (kind == AlertSettings.Slack && channel.Url is not null), "secret_env",
                "Name the environment variable (or with 'secret_file' the file) that holds the secret: a webhook's signing key, Slack's address, Telegram's token, the mail server's password.");
            Needs(kind != AlertSettings.Telegram || channel.Chat is not null, "chat", "Name the chat that the bot writes to.");
            Needs(kind != AlertSettings.Email || channel.From is not null, "from", "Name the sender's address.");
            Needs(kind != AlertSettings.Email || channel.To.Count > 0, "to", "Name who gets the mail.");
            foreach (string address in channel.To.Append(channel.From).OfType<string>())
                if (!System.Net.Mail.MailAddress.TryCreate(address, out _))
                    section.Report("config/wrong-value", $"'{address}' is no mail address.", "Write it as name@example.com.", address == channel.From ? "from" : "to");
            section.Close();
            return channel;

            void Needs(bool met, string key, string remedy)
            {
                if (!met)
                    section.Report("config/missing-key", $"'{key}' is missing.", remedy, section.Has("kind") ? "kind" : "name");
            }
        })];
    }

    private static void AlertAddress(YamlSection section, AlertSettings channel)
    {
        bool mail = channel.Kind == AlertSettings.Email;
        if (channel.Url is null)
        {
            if (channel.Kind != AlertSettings.Slack)
                section.Report("config/missing-key", "'url' is missing.", mail ? "Name the mail server: smtp://user@mail.example.com:587." : "Name the address that is called: https://example.com/hook.", "kind");
        }
        else if (!Uri.TryCreate(channel.Url, UriKind.Absolute, out var url) || url.Host.Length == 0 || (mail ? url.Scheme != "smtp" : url.Scheme is not ("http" or "https")))
            section.Report("config/wrong-value", $"'{channel.Url}' is not a value of 'url'.", mail ? "It takes smtp://user@mail.example.com:587." : "It takes an address that begins with http:// or https://.", "url");
        else if (url.UserInfo.Contains(':', StringComparison.Ordinal) || (!mail && url.UserInfo.Length > 0))
            section.Report("config/secret", "A password does not belong in 'url'.", "Take it out and name where it is with 'secret_env' or 'secret_file'.", "url");
        else if (mail && url.UserInfo.Length > 0 && !channel.HasSecret)
            section.Report("config/missing-key", "'secret_env' is missing.", "Name the environment variable that holds the mail server's password, or with 'secret_file' a file.", "url");
    }
}
