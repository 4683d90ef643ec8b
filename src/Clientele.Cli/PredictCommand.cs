using System.CommandLine;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Server.Batches;

namespace Clientele.Cli;

internal static class PredictCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A file of rows to assign (.csv, .jsonl, .parquet): features, order lines, or ids of customers. With --orders, the workspace whose newest run has the model." };
        var orders = new Option<string[]>("--orders") { Description = "Files with the orders of the customers to assign, in the form of the workspace's sources.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var workspace = new Option<string>("--workspace", "-w") { Description = "The workspace whose champion assigns the rows of a file.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        var asOf = CommonOptions.AsOf();
        var output = new Option<string?>("--out") { Description = "Write there (.csv, .jsonl or .parquet) in place of standard output.", HelpName = "FILE" };
        var format = new Option<string?>("--format") { Description = "csv, jsonl or parquet; what --out says when left out.", HelpName = "FORMAT" };
        var quarantine = new Option<string?>("--quarantine") { Description = "Write the rows that are set aside there, with line and reason.", HelpName = "FILE" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Look at the file and say what would be done." };
        var (threads, quiet) = (CommonOptions.Threads(), CommonOptions.Quiet());
        var json = new Option<bool>("--json") { Description = "Print what was read, set aside and assigned as JSON; the rows go to --out." };
        var predict = new Command("predict", "Assign customers to segments with a saved model, from their raw orders or from a file of rows.") { path, orders, workspace, asOf, output, format, quarantine, dryRun, threads, json, quiet };
        predict.Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && result.GetValue(orders) is { Length: > 0 })
                result.AddError("--dry-run looks at a file of rows; with --orders there is nothing to try without doing it.");
            else if (result.GetValue(json) && result.GetValue(output) is null && !result.GetValue(dryRun))
                result.AddError("With --json the rows need a file of their own: --out FILE.");
        });
        predict.SetAction((parsed, cancel) => parsed.GetValue(orders) is { Length: > 0 } files
            ? OfOrders(new(parsed.GetRequiredValue(path), files) { AsOf = parsed.GetValue(asOf), Output = parsed.GetValue(output), Threads = parsed.GetValue(threads) }, parsed.GetValue(json), parsed.GetValue(quiet), cancel)
            : OfRows(new(parsed.GetRequiredValue(workspace), parsed.GetRequiredValue(path))
            {
                AsOf = parsed.GetValue(asOf),
                Output = parsed.GetValue(output),
                Format = parsed.GetValue(format),
                Quarantine = parsed.GetValue(quarantine),
                DryRun = parsed.GetValue(dryRun),
                Threads = parsed.GetValue(threads),
            }, parsed.GetValue(json), parsed.GetValue(quiet), cancel));
        return predict;
    }

    private static async Task<int> OfOrders(PredictionRequest request, bool json, bool quiet, CancellationToken cancel)
    {
        PredictionResult result;
        using (var progress = ProgressLines.ForConsole(quiet))
            result = await Prediction.Execute(request, Console.OpenStandardOutput, progress, cancel);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { result.Customers, result.ReferenceDate, result.Outliers, result.Removed, result.Quarantined, request.Output }, RunJson.Options));
        if (!quiet)
            Console.Error.WriteLine(
                $"{result.Customers:N0} customers as of {result.ReferenceDate:yyyy-MM-dd}, {result.Outliers:N0} of them unusual. {result.Removed:N0} lines removed by rules, {result.Quarantined:N0} rows could not be read.");
        return 0;
    }

    private static async Task<int> OfRows(BatchFileRequest request, bool json, bool quiet, CancellationToken cancel)
    {
        if (Directory.Exists(request.File))
            throw new ProblemException(new("usage/file", $"{request.File} is a folder.", "Name a file of rows, or the files with the orders of its customers: --orders FILE."));
        BatchFileResult result;
        using (var progress = ProgressLines.ForConsole(quiet))
            result = await BatchFile.Execute(request, Console.OpenStandardOutput, progress, TimeProvider.System, cancel);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { result.Model, result.Version, result.Kind, result.Rows, result.Quarantined, result.Customers, result.PassedOver, result.Reasons, request.DryRun, request.Output, QuarantineFile = request.Quarantine }, RunJson.Options));
        if (quiet)
            return 0;
        if (result.PassedOver.Count > 0)
            Console.Error.WriteLine($"Columns that nothing was asked of: {string.Join(", ", result.PassedOver)}.");
        foreach (string reason in result.Reasons)
            Console.Error.WriteLine($"  {reason}");
        if (result.Quarantined > result.Reasons.Count && request is { Quarantine: null, DryRun: false })
            Console.Error.WriteLine($"  … and {result.Quarantined - result.Reasons.Count:N0} more. All of them, with line and reason: --quarantine FILE.");
        Console.Error.WriteLine(request.DryRun
            ? $"{result.Rows:N0} rows of {result.Kind}, to be assigned by {result.Model} {result.Version}. Nothing was written."
            : $"{result.Rows:N0} rows of {result.Kind} read, {result.Quarantined:N0} set aside; {result.Customers:N0} customers assigned by {result.Model} {result.Version}.");
        return 0;
    }
}
