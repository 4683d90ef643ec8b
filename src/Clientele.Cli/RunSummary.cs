using System.Text;
using System.Text.Json;
using Clientele.Personas;
using Clientele.Pipeline;
using Clientele.Settings;

namespace Clientele.Cli;

/// <summary>What a run says when it is done: to people in lines, to machines in JSON.</summary>
internal static class RunSummary
{
    public static void Write(TextWriter output, RunResult run)
    {
        Ledger(output, run);
        output.WriteLine();
        Answers(output, run);
        foreach (var persona in run.Personas)
        {
            output.WriteLine($"  {persona.Name,-22}{persona.Customers,10:N0} customers {Percent(persona.CustomerShare),7}{Revenue(persona)}");
            foreach (string line in Wrapped($"{persona.Story} Next: {persona.Action}"))
                output.WriteLine($"    {line}");
        }
        output.WriteLine();
        if (run.Lifetime is { } lifetime)
            LifetimeSummary.Write(output, lifetime.Valued);
        if (run.NextBest is { } hits)
            output.WriteLine($"Next-best products, learnt before {hits.From:yyyy-MM-dd} and tried until {hits.Until:yyyy-MM-dd}: {hits.Share:P1} of {hits.Customers:N0} customers bought one of {hits.Products}; of best-sellers {hits.BestSellerShare:P1}.");
        foreach (var left in run.Segmentation.Features.LeftOut.GroupBy(left => left.Reason))
            output.WriteLine($"{left.Key} Left out: {string.Join(", ", left.Select(each => each.Feature.Name))}.");
        if (run.Ledger.Quarantined > 0)
            output.WriteLine($"{run.Ledger.Quarantined:N0} {Plural(run.Ledger.Quarantined, "row")} could not be read: {Path.Combine(run.Folder, "quarantine.csv")}");
        if (run.Notice is { } notice)
            output.WriteLine(notice);
        output.WriteLine(run.Settings.Outputs.Report ? $"Report: {Path.Combine(run.Folder, "report.html")}" : $"Results: {run.Folder}");
    }

    public static string Json(RunResult run) => JsonSerializer.Serialize(Document(run), RunJson.Options);

    public static string Json(ScoreResult run) => JsonSerializer.Serialize(Document(run), RunJson.Options);

    /// <summary>Of a run that looks what is to be done.</summary>
    /// <param name="scored">Null: there was no champion.</param>
    /// <param name="trained">Null: nothing has drifted.</param>
    public static string Json(ScoreResult? scored, RunResult? trained) =>
        JsonSerializer.Serialize(new { Scored = scored is null ? null : Document(scored), Trained = trained is null ? null : Document(trained) }, RunJson.Options);

    private static object Document(RunResult run) => new
    {
        run.Id,
        run.Folder,
        run.Segmentation.Features.ReferenceDate,
        Ledger = LedgerDocument.Of(run.Ledger, run.Segmentation.Features),
        NaturalGroups = run.Segmentation.Natural.Clusters,
        RecommendedSegments = run.Segmentation.Recommended.Clusters,
        AllStable = run.Settings.Segmentation.Model == SegmentationSettings.KMeans && run.Segmentation.Recommended.AllStable,
        Segments = run.Personas,
        run.NextBest,
        Lifetime = run.Lifetime?.Valued.Portfolio,
    };

    public static void Write(TextWriter output, ScoreResult run)
    {
        var scored = run.Scored;
        output.WriteLine($"{scored.Customers:N0} customers as of {scored.ReferenceDate:yyyy-MM-dd}, {scored.Outliers:N0} of them unusual, by {(scored.Version is { } version ? $"model {version}" : "the newest run's model")}.");
        foreach (var segment in scored.Segments)
            output.WriteLine($"  {segment.Persona,-22}{segment.Customers,10:N0} customers {Percent((decimal)segment.Customers / Math.Max(1, scored.Customers)),7}");
        output.WriteLine(Drift(run.Drift));
        output.WriteLine($"Results: {run.Folder}");
    }

    private static object Document(ScoreResult run) => new { run.Id, run.Folder, run.Scored, run.Drift };

    private static string Drift(DriftReport drift)
    {
        if (!drift.Compared)
            return "Drift was not looked for: the model does not hold the customers that it was learnt from. A new one will.";
        string[] names = [.. drift.Columns.Where(column => column.Drifted).Select(column => column.Name)];
        return $"{(drift.Drifted ? "Customers have drifted" : "No drift")}: {names.Length} of {drift.Columns.Count} features are not as in training{(names.Length > 0 ? $" ({string.Join(", ", names)})" : "")}.";
    }

    private static void Ledger(TextWriter output, RunResult run)
    {
        var ledger = run.Ledger;
        bool money = ledger.Read.Revenue != 0;
        Line("read", ledger.Read.Rows, ledger.Read.Revenue);
        foreach (var rule in ledger.Removed.Where(rule => rule.Rows > 0))
            Line($"− {rule.Rule}", rule.Rows, rule.Revenue);
        if (ledger.Quarantined > 0)
            output.WriteLine($"  {"− quarantined",-24}{ledger.Quarantined,12:N0} rows");
        Line("kept", ledger.Kept.Rows, ledger.Kept.Revenue);
        if (ledger.Guests.Rows > 0)
            output.WriteLine($"  Guests (no customer): {ledger.Guests.Rows:N0} rows{(money ? $", {ledger.Guests.Revenue / ledger.Read.Revenue:P1} of net revenue" : "")}.");

        void Line(string what, long rows, decimal revenue) =>
            output.WriteLine($"  {what,-24}{rows,12:N0} rows{(money ? $"{revenue,20:N2} {run.Settings.Currency}" : "")}");
    }

    private static void Answers(TextWriter output, RunResult run)
    {
        var (natural, recommended) = (run.Segmentation.Natural, run.Segmentation.Recommended);
        string groups = run.Settings.Segmentation.PlainEvidence ? "not asked" : natural.Clusters is { } k ? $"{k}" : "none";
        string runnerUp = natural.RunnerUp is { } next ? $" (runner-up {next})" : "";
        string votes = natural.Votes.Count == 0 ? "" : $" Votes: {string.Join(", ", natural.Votes.Select(vote => $"{vote.Criterion} {(vote.Clusters < 2 ? "none" : vote.Clusters)}"))}.";
        string stable = recommended.Candidates.Count == 0 ? "by silhouette" : recommended.AllStable ? "every one large and stable enough" : "no number is stable throughout; this one is the most stable";
        string by = run.Settings.Segmentation.Model == SegmentationSettings.KMeans ? "" : $" by the model '{run.Settings.Segmentation.Model}', whose stability is not measured (k-means chose how many)";
        output.WriteLine($"{run.Ledger.Customers:N0} customers as of {run.Segmentation.Features.ReferenceDate:yyyy-MM-dd}. Natural groups: {groups}{runnerUp}.{votes}");
        output.WriteLine($"Recommended for use: {recommended.Clusters} segments, {stable}. Personas are made for {run.Segmentation.Clusters}{by}:");
    }

    private static IEnumerable<string> Wrapped(string text)
    {
        const int width = 100;
        var line = new StringBuilder();
        foreach (string word in text.Split(' '))
        {
            if (line.Length + word.Length >= width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        yield return line.ToString();
    }

    private static string Revenue(Persona persona) => persona.RevenueShare is { } share ? $"   {Percent(share),6} of revenue" : "";
    private static string Percent(decimal share) => $"{100 * share:0.0} %";
    private static string Plural(long count, string noun) => count == 1 ? noun : noun + "s";
}
