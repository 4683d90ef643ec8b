using System.Globalization;
using Clientele.Access;
using Clientele.Artifacts;
using Clientele.Server.Access;
using Clientele.Server.Json;
using Clientele.Server.Limits;
using Clientele.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Batches;

/// <summary>Jobs that assign the rows of whole files. All jobs of a workspace are visible to all who may look; operators make and end them.</summary>
internal static class BatchesApi
{
    private const int MostAtOnce = 200;

    public static IServiceCollection AddBatches(this IServiceCollection services) => services
        .AddSingleton(provider => new BatchStore(Path.Combine(provider.GetRequiredService<ServeOptions>().Workspace, BatchStore.Folder), new DurableFiles()))
        .AddSingleton<BatchMeter>().AddSingleton<BatchArrivals>().AddSingleton<BatchQueue>().AddHostedService(provider => provider.GetRequiredService<BatchQueue>());

    public static void MapBatches(this IEndpointRouteBuilder app)
    {
        var (store, queue, arrivals) = (app.ServiceProvider.GetRequiredService<BatchStore>(), app.ServiceProvider.GetRequiredService<BatchQueue>(), app.ServiceProvider.GetRequiredService<BatchArrivals>());
        var days = TimeSpan.FromDays(app.ServiceProvider.GetRequiredService<ServeSettings>().BatchDays);
        app.Post("/api/v1/batches", async context =>
            {
                var job = await arrivals.Receive(context);
                queue.Tell();
                context.Response.Headers.Location = $"/api/v1/batches/{job.Order.Id}";
                await Answers.Send(context, Of(job, days), AnswerJson.Default.BatchAnswer, StatusCodes.Status202Accepted);
            })
            .TakesItsTime().Needs(Role.Operator).WithTags("Batches").WithSummary("Begins a job: the body is the file (CSV, JSON lines, Parquet), or names one in the service's batch folder; ?as_of= is the reference date of order lines")
            .Accepts<BatchRequest>(AnswerBuffer.JsonType, [.. BatchFormats.Types]).Produces<BatchAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status429TooManyRequests);
        app.Get("/api/v1/batches", context => List(context, store, days))
            .Needs(Role.Viewer).WithTags("Batches").WithSummary($"Jobs, the newest first; ?limit=1…{MostAtOnce} at once, ?page= what the page before ended with").Produces<BatchesAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        app.Get("/api/v1/batches/{batch}", context => Answers.Send(context, Of(Asked(context, store), days), AnswerJson.Default.BatchAnswer))
            .Needs(Role.Viewer).WithTags("Batches").WithSummary("How far a job is").Produces<BatchAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        app.Get("/api/v1/batches/{batch}/result", context => Result(context, store))
            .TakesItsTime().Needs(Role.Viewer).WithTags("Batches").WithSummary("The result of a completed job; ?format=csv, jsonl or parquet").Produces<string>(StatusCodes.Status200OK, BatchFormats.CsvType, BatchFormats.JsonLinesType, BatchFormats.ParquetType)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        app.Get("/api/v1/batches/{batch}/quarantine", context => Quarantine(context, store))
            .TakesItsTime().Needs(Role.Viewer).WithTags("Batches").WithSummary("The rows that an ended job set aside, with line and reason; ?format=csv or jsonl").Produces<string>(StatusCodes.Status200OK, BatchFormats.CsvType, BatchFormats.JsonLinesType)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        app.Delete("/api/v1/batches/{batch}", context => Delete(context, store, queue, days))
            .Needs(Role.Operator).WithTags("Batches").WithSummary("Cancels a job, or takes away one that has ended").Produces<BatchAnswer>(StatusCodes.Status202Accepted).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task List(HttpContext context, BatchStore store, TimeSpan days)
    {
        string? limit = context.Request.Query["limit"], page = context.Request.Query["page"];
        int most = 50;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most is >= 1 and <= MostAtOnce))
            throw new RequestException(StatusCodes.Status400BadRequest, new("request/query", $"'limit' takes a number from 1 to {MostAtOnce}.", "Leave it out for 50."), []);
        IEnumerable<BatchJob> jobs = store.All().Reverse();
        if (!string.IsNullOrEmpty(page))
            jobs = jobs.SkipWhile(job => job.Order.Id != page).Skip(1);
        BatchJob[] some = [.. jobs.Take(most + 1)];
        await Answers.Send(context, new([.. some.Take(most).Select(job => Of(job, days))], some.Length > most ? some[most - 1].Order.Id : null), AnswerJson.Default.BatchesAnswer);
    }

    private static async Task Result(HttpContext context, BatchStore store)
    {
        var format = BatchDownload.Asked(context, BatchFormat.Csv, BatchFormat.JsonLines, BatchFormat.Parquet);
        var job = Asked(context, store);
        if (job.Standing.State != BatchState.Completed)
            throw None(job, "result");
        await BatchDownload.Send(context, store.ResultOf(job.Order.Id), "result", format);
    }

    private static async Task Quarantine(HttpContext context, BatchStore store)
    {
        var format = BatchDownload.Asked(context, BatchFormat.Csv, BatchFormat.JsonLines);
        var job = Asked(context, store);
        string path = store.QuarantineOf(job.Order.Id);
        if (!job.Standing.HasEnded || !File.Exists(path))
            throw None(job, "quarantine");
        await BatchDownload.Send(context, path, "quarantine", format);
    }

    private static RequestException None(BatchJob job, string what) => new(StatusCodes.Status409Conflict, job.Standing.State switch
    {
        BatchState.Failed => new("batches/no-result", $"The job failed and left no {what}.", "GET /api/v1/batches/{batch} says why."),
        BatchState.Cancelled => new("batches/no-result", $"The job was cancelled and left no {what}.", "Send the file again."),
        var state => new("batches/no-result", $"The job is {Word(state)}; there is a {what} once it is completed.", "Ask GET /api/v1/batches/{batch} how far it is."),
    }, []);

    private static async Task Delete(HttpContext context, BatchStore store, BatchQueue queue, TimeSpan days)
    {
        var job = Asked(context, store);
        if (job.Standing.HasEnded)
        {
            store.Remove(job.Order.Id);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        store.Cancel(job.Order.Id);
        queue.Cancel(job.Order.Id);
        await Answers.Send(context, Of(job with { IsToEnd = true }, days), AnswerJson.Default.BatchAnswer, StatusCodes.Status202Accepted);
    }

    private static BatchJob Asked(HttpContext context, BatchStore store) => store.Find((string)context.Request.RouteValues["batch"]!)
        ?? throw new RequestException(StatusCodes.Status404NotFound, new("batches/unknown", "There is no such job.", "List those there are: GET /api/v1/batches."), []);

    private static BatchAnswer Of(BatchJob job, TimeSpan days)
    {
        var (order, standing) = (job.Order, job.Standing);
        var progress = standing.Progress;
        var counts = progress?.Counts ?? default;
        return new(
            order.Id, job.IsToEnd ? "cancelling" : Word(standing.State), order.Format.WordOf(), standing.Kind?.ToString().ToLowerInvariant(), order.Source, progress?.AsOf ?? order.AsOf, order.Model, order.ModelVersion, order.Bytes,
            new(progress?.Rows, counts.Read, counts.Scored, counts.Quarantined), counts.Customers, standing.PassedOver is [] ? null : standing.PassedOver,
            order.CreatedAt, order.CreatedBy, standing.StartedAt, standing.EndedAt, standing.EndedAt + days, standing.Problem is { } problem ? new($"urn:clientele:{problem.Kind}", problem.What, problem.Remedy) : null);
    }

    private static string Word(BatchState state) => state.ToString().ToLowerInvariant();
}

/// <summary>A file in the service's batch folder.</summary>
/// <param name="Source">Its path there, as in <c>march/customers.csv</c>.</param>
/// <param name="Format"><c>csv</c>, <c>jsonl</c> or <c>parquet</c>; left out: what its name says.</param>
/// <param name="AsOf">Reference date of order lines, lines on it count; left out: the later of the model's and the day of the file's last line that counts.</param>
internal sealed record BatchRequest(string Source, string? Format, DateOnly? AsOf);

/// <param name="State"><c>waiting</c>, <c>running</c>, <c>cancelling</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Kind">What its rows are: <c>features</c>, <c>orders</c>, <c>customers</c> or <c>json</c>; left out: nobody has looked yet.</param>
/// <param name="ModelVersion">That answers, whoever is champion by then.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Customers">Scored so far: fewer than rows where order lines make them.</param>
/// <param name="PassedOver">Columns that nothing was asked of.</param>
/// <param name="ExpiresAt">When it goes, with its files.</param>
/// <param name="Problem">Why it failed.</param>
internal sealed record BatchAnswer(
    string Id, string State, string Format, string? Kind, string? Source, DateOnly? AsOf, string Model, long ModelVersion, long Bytes, BatchRowsAnswer Rows, long Customers, IReadOnlyList<string>? PassedOver,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? ExpiresAt, BatchProblemAnswer? Problem);

/// <summary>Rows of the file: those read so far are scored or quarantined.</summary>
/// <param name="Total">Left out: they are not counted yet.</param>
internal sealed record BatchRowsAnswer(long? Total, long Read, long Scored, long Quarantined);

internal sealed record BatchProblemAnswer(string Type, string Title, string Detail);

/// <param name="Next">The next page's <c>?page=</c>; left out: this is the last.</param>
internal sealed record BatchesAnswer(IReadOnlyList<BatchAnswer> Batches, string? Next);
