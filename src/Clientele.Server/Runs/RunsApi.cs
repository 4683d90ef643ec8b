using System.Globalization;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Clientele.Tracking;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Runs;

/// <summary>What the workspace's runs were made from, what they found and how they ended.</summary>
internal static class RunsApi
{
    private const int MostAtOnce = 200;

    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        app.Get("/api/v1/runs", context => List(context, models))
            .WithTags("Runs").WithSummary($"Runs, the newest first; ?limit=1…{MostAtOnce} at once, ?page= what the page before ended with").Produces<RunsAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        app.Get("/api/v1/runs/{run}", context => Show(context, models))
            .WithTags("Runs").WithSummary("All that is known of a run").Produces<RunAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task List(HttpContext context, ServedModels models)
    {
        string? limit = context.Request.Query["limit"], page = context.Request.Query["page"];
        int most = 50;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most is >= 1 and <= MostAtOnce))
            throw new RequestException(StatusCodes.Status400BadRequest, new("request/query", $"'limit' takes a number from 1 to {MostAtOnce}.", "Leave it out for 50."), []);
        var found = await models.Store.Runs.Find(new() { Limit = most, After = string.IsNullOrEmpty(page) ? null : page }, context.RequestAborted);
        await Answers.Send(context, new([.. found.Rows.Select(row => Brief(row.Run))], found.Next), AnswerJson.Default.RunsAnswer);
    }

    private static async Task Show(HttpContext context, ServedModels models)
    {
        var run = await models.Store.Runs.Details((string)context.Request.RouteValues["run"]!, context.RequestAborted);
        var metrics = run.Metrics.Where(metric => double.IsFinite(metric.Value)).ToDictionary(metric => metric.Key, metric => metric.Value);
        await Answers.Send(context, new(
            Brief(run.Run), [.. run.Steps.Select(step => new StepAnswer(step.Name, step.State.ToString(), step.Detail))], run.Params, metrics, run.Datasets, [.. run.Artifacts.Select(file => new FileAnswer(file.Path, file.Digest, file.Bytes))]),
            AnswerJson.Default.RunAnswer);
    }

    private static BriefRun Brief(Run run) => new(run.Id, run.Experiment, run.Kind, run.State.ToString(), run.Reason, run.CodeVersion, run.CreatedAt, run.StartedAt, run.EndedAt);
}

/// <param name="Next">The next page's <c>?page=</c>; left out: this is the last.</param>
internal sealed record RunsAnswer(IReadOnlyList<BriefRun> Runs, string? Next);

internal sealed record BriefRun(string Id, string Experiment, string Kind, string State, string? Reason, string CodeVersion, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);

/// <param name="Datasets">SHA-256 by name.</param>
internal sealed record RunAnswer(
    BriefRun Run, IReadOnlyList<StepAnswer> Steps, IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, string> Datasets, IReadOnlyList<FileAnswer> Files);

internal sealed record StepAnswer(string Name, string State, string? Detail);

internal sealed record FileAnswer(string Path, string Digest, long Bytes);
