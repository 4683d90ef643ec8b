using System.Globalization;
using System.Text.Json;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Pipeline;

namespace Clientele.Cli;

/// <summary>The published model and its answers: to people in lines, to machines in JSON and CSV.</summary>
internal static class PublishedSummary
{
    public static void Write(TextWriter output, PublishedModelResult result)
    {
        output.WriteLine($"{PublishedModel.Name}, learned from {result.Fit.Split.Training.Count:N0} customers:");
        output.WriteLine(Errors("validation", result.Fit.Validation));
        output.WriteLine(Errors("test", result.Fit.Test));
        output.WriteLine($"Model: {Path.Combine(result.Folder, "model", PublishedModel.Name)}");
    }

    public static string Json(PublishedModelResult result) =>
        JsonSerializer.Serialize(new { result.Folder, Model = PublishedModel.Name, result.Fit.Model.Intercept, result.Fit.Model.Coefficients, result.Fit.Validation, result.Fit.Test }, RunJson.Options);

    /// <param name="file">Null: to standard output.</param>
    public static void Write(PublishedPrediction said, string? file)
    {
        using var output = file is null ? null : new StreamWriter(file) { NewLine = "\n" };
        var to = output ?? Console.Out;
        to.WriteLine(said.Customers is null ? "predicted_clv_6m" : "customer,predicted_clv_6m");
        for (int i = 0; i < said.Spend.Count; i++)
            to.WriteLine((said.Customers is { } customers ? customers[i] + "," : "") + said.Spend[i].ToString("R", CultureInfo.InvariantCulture));
    }

    private static string Errors(string part, RegressionScores scores) =>
        string.Create(CultureInfo.InvariantCulture, $"  {part,-12}RMSE {scores.Rmse:#,0.00}   MAE {scores.MeanAbsolute:#,0.00}");
}
