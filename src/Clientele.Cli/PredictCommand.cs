using System.CommandLine;
using Clientele.Pipeline;

namespace Clientele.Cli;

internal static class PredictCommand
{
    public static Command Create()
    {
        var folder = CommonOptions.Folder("The workspace whose newest run has the model.");
        var orders = new Option<string[]>("--orders") { Description = "Files with the orders of the customers to assign, in the form of the workspace's sources.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
        var asOf = CommonOptions.AsOf();
        var output = new Option<string?>("--out") { Description = "Write there (.csv or .parquet) in place of standard output.", HelpName = "FILE" };
        var (threads, quiet) = (CommonOptions.Threads(), CommonOptions.Quiet());
        var predict = new Command("predict", "Assign customers to segments from their raw orders, with the saved model.") { folder, orders, asOf, output, threads, quiet };
        predict.SetAction(async (parsed, cancel) =>
        {
            PredictionResult result;
            using (var progress = ProgressLines.ForConsole(parsed.GetValue(quiet)))
                result = await Prediction.Execute(new(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(orders))
                {
                    AsOf = parsed.GetValue(asOf),
                    Output = parsed.GetValue(output),
                    Threads = parsed.GetValue(threads),
                }, Console.OpenStandardOutput, progress, cancel);
            if (!parsed.GetValue(quiet))
                Console.Error.WriteLine(
                    $"{result.Customers:N0} customers as of {result.ReferenceDate:yyyy-MM-dd}, {result.Outliers:N0} of them unusual. {result.Removed:N0} lines removed by rules, {result.Quarantined:N0} rows could not be read.");
            return 0;
        });
        return predict;
    }
}
