using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Clientele.Mlflow;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Cli;

internal static class PushCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME|ID") { Description = "An experiment, or a run." };
        var to = new Option<string?>("--to") { Description = "The address of the MLflow server, as http://host:5000; 'tracking: mlflow' of the settings when left out.", HelpName = "URL" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be sent." };
        var bare = new Option<bool>("--no-files") { Description = "No files and no models: settings, figures and data's digests alone." };
        var (workspace, json) = (StoreOptions.Workspace(), CommonOptions.Json());
        return new Command("push", "Send runs, their files and models to an MLflow server. What is there already is not sent again.") { name, to, dry, bare, json }.Does(workspace, async (parsed, store, cancel) =>
        {
            var tracking = SettingsFile.Load(parsed.GetRequiredValue(workspace)).Tracking;
            string url = parsed.GetValue(to) ?? tracking.Mlflow;
            if (url.Length == 0)
                throw new ProblemException(new("usage/server", "'push' needs an MLflow server.", "Add --to http://host:5000, or set 'tracking: mlflow' in clientele.yaml."));
            var (server, files, plan) = (MlflowAddress.Parse(url), tracking.Files && !parsed.GetValue(bare), parsed.GetValue(dry));
            var report = plan
                ? await MlflowExport.Plan(store, parsed.GetRequiredValue(name), server, files, cancel)
                : await MlflowExport.Push(store, parsed.GetRequiredValue(name), server, files, TimeProvider.System, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(report, RunJson.Options));
            else
                Write(Console.Out, report, plan);
            if (report.Problems.Count > 0)
                throw new ProblemException(new("mlflow/incomplete", $"{report.Problems.Count} {(report.Problems.Count == 1 ? "run was" : "runs were")} not sent whole. {report.Problems[0]}", "Put that right; then push again: what is there already is not sent twice."));
        });
    }

    private static void Write(TextWriter output, ExportReport report, bool plan)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Runs:N0} {(report.Runs == 1 ? "run" : "runs")} {(plan ? "would be sent" : "sent")} to {report.Server}; {report.Unchanged:N0} {(report.Unchanged == 1 ? "is" : "are")} there already."));
        if (report.Runs + report.Versions + report.Aliases == 0)
            return;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {report.Params:N0} params, {report.Metrics:N0} points of metrics, {report.Tags:N0} tags, {report.Files:N0} files of {report.Bytes:N0} bytes"));
        if (!plan)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {report.Versions:N0} {(report.Versions == 1 ? "version" : "versions")} of the model, {report.Aliases:N0} {(report.Aliases == 1 ? "name" : "names")} of versions"));
    }
}
