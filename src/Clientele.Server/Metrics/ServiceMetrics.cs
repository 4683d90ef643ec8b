using System.Collections.Concurrent;
using System.Globalization;
using Clientele.Pipeline;
using Clientele.Server.Batches;
using Clientele.Server.Models;
using Clientele.Server.Scheduling;

namespace Clientele.Server.Metrics;

/// <summary>What the service counts. Labels are end points, statuses, versions and segments: nothing of a customer.</summary>
/// <param name="scheduler">Null: the service has none.</param>
internal sealed class ServiceMetrics(ServedModels models, BatchMeter batches, SchedulerFigures? scheduler = null)
{
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Histogram> requests = new();
    private readonly ConcurrentDictionary<(string Model, long Version), PredictionCounts> predictions = new();
    private readonly Histogram latency = new();
    private long active, timeUps;

    /// <summary>Requests under way.</summary>
    public long Active => Volatile.Read(ref active);

    public void Begin() => Interlocked.Increment(ref active);

    /// <param name="route">The end point's pattern; what is no end point is all one.</param>
    public void End(string method, string route, int status, TimeSpan taken)
    {
        Interlocked.Decrement(ref active);
        requests.GetOrAdd((method, route, status), static _ => new()).Note(taken);
    }

    /// <summary>Notes a request for predictions.</summary>
    /// <param name="other">Who answered some of its customers; null: the first answered all.</param>
    public void Predicted(ServedModel model, ServedModel? other, int status, TimeSpan taken)
    {
        latency.Note(taken);
        Count(model).Note(status < 400, taken);
        if (other is not null)
            Count(other).Note(status < 400, taken);
    }

    /// <summary>Notes a request that took too long.</summary>
    public void TimeUp() => Interlocked.Increment(ref timeUps);

    private PredictionCounts Count(ServedModel model) => predictions.GetOrAdd((model.Version.Model, model.Version.Version), static _ => new());

    public string Expose()
    {
        var now = new Exposition();
        Predictions(now);
        Served(now);
        models.Shadow.Expose(now);
        batches.Expose(now);
        scheduler?.Expose(now);
        now.Family("http_server_request_duration_seconds", "histogram", "Time from the first byte of a request to the last of its answer.");
        foreach (var (key, histogram) in requests.OrderBy(entry => entry.Key))
            now.Sample("http_server_request_duration_seconds", histogram, ("http_request_method", key.Method), ("http_route", key.Route), ("http_response_status_code", key.Status.ToString(CultureInfo.InvariantCulture)));
        now.Family("clientele_time_limit_reached_total", "counter", "Requests that were given up because there was no answer in time.").Sample("clientele_time_limit_reached_total", Volatile.Read(ref timeUps));
        now.Family("http_server_active_requests", "gauge", "Requests under way.").Sample("http_server_active_requests", Active);
        Process(now);
        return now.ToString();
    }

    private void Predictions(Exposition now)
    {
        now.Family("clv_requests_total", "counter", "Requests for predictions.").Sample("clv_requests_total", latency.Read().Counts.Sum());
        now.Family("clv_request_latency_seconds", "histogram", "Time to answer a request for predictions.").Sample("clv_request_latency_seconds", latency);
        var all = predictions.OrderBy(entry => entry.Key).ToList();
        now.Family("clientele_predictions_total", "counter", "Requests for predictions, by the version that answered.");
        foreach (var ((model, version), counts) in all)
            foreach (var (result, count) in new[] { ("answered", counts.Answered), ("refused", counts.Refused) })
                now.Sample("clientele_predictions_total", count, ("model", model), ("version", Text(version)), ("result", result));
        now.Family("clientele_prediction_duration_seconds", "histogram", "Time to answer a request for predictions, by version.");
        foreach (var ((model, version), counts) in all)
            now.Sample("clientele_prediction_duration_seconds", counts.Taken, ("model", model), ("version", Text(version)));
    }

    private void Served(Exposition now)
    {
        var model = models.Current;
        var lineup = models.Lineup;
        now.Family("clientele_model_info", "gauge", "The versions in use, under the names they are used by.").Sample("clientele_model_info", 1, ("model", model.Version.Model), ("version", Text(model.Version.Version)), ("alias", "champion"));
        foreach (var challenger in new[] { lineup.Canary, lineup.Shadow }.Where(challenger => challenger.Model is not null).DistinctBy(challenger => challenger.Alias))
            now.Sample("clientele_model_info", 1, ("model", model.Version.Model), ("version", Text(challenger.Model!.Version.Version)), ("alias", challenger.Alias!));
        now.Family("clientele_canary_share_ratio", "gauge", "Share of customers that the canary answers.").Sample("clientele_canary_share_ratio", lineup.Canary.Model is null ? 0 : lineup.Percent / 100);
        now.Family("clientele_settings_refused", "gauge", "1: clientele.yaml was changed and is wrong, so all stays as it was.").Sample("clientele_settings_refused", models.SettingsProblem is null ? 0 : 1);
        now.Family("clientele_challenger_refused", "gauge", "1: a version that is to be tried cannot be, and the champion answers everybody.");
        foreach (var (use, challenger) in new[] { ("canary", lineup.Canary), ("shadow", lineup.Shadow) })
            now.Sample("clientele_challenger_refused", challenger.Problem is null ? 0 : 1, ("use", use));
        now.Family("clientele_model_refused", "gauge", "1: a newer champion was not sound and does not answer.").Sample("clientele_model_refused", models.Refused is null ? 0 : 1);
        now.Family("clientele_build_info", "gauge", "The program.").Sample("clientele_build_info", 1, ("version", ProductVersion.Text));
        var personas = model.Found;
        now.Family("clientele_segment_customers", "gauge", "Customers of a segment in the run that made the model.");
        foreach (var persona in personas)
            now.Sample("clientele_segment_customers", persona.Customers, ("segment", Text(persona.Segment)));
        now.Family("clientele_segment_share_ratio", "gauge", "Their share of all customers.");
        foreach (var persona in personas)
            now.Sample("clientele_segment_share_ratio", persona.Share, ("segment", Text(persona.Segment)));
    }

    private static void Process(Exposition now)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        now.Family("process_cpu_seconds_total", "counter", "Processor time.").Sample("process_cpu_seconds_total", process.TotalProcessorTime.TotalSeconds);
        now.Family("process_resident_memory_bytes", "gauge", "Memory in use.").Sample("process_resident_memory_bytes", process.WorkingSet64);
        now.Family("process_start_time_seconds", "gauge", "When the service started, since 1970.").Sample("process_start_time_seconds", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        now.Family("dotnet_gc_last_collection_heap_size_bytes", "gauge", "Managed memory after the last collection.").Sample("dotnet_gc_last_collection_heap_size_bytes", GC.GetGCMemoryInfo().HeapSizeBytes);
        now.Family("dotnet_gc_heap_allocated_bytes_total", "counter", "Managed memory given out so far.").Sample("dotnet_gc_heap_allocated_bytes_total", GC.GetTotalAllocatedBytes());
        now.Family("process_threads", "gauge", "Threads.").Sample("process_threads", process.Threads.Count);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class PredictionCounts
    {
        private long answered, refused;

        public Histogram Taken { get; } = new();
        public long Answered => Volatile.Read(ref answered);
        public long Refused => Volatile.Read(ref refused);

        public void Note(bool isAnswered, TimeSpan taken)
        {
            Interlocked.Increment(ref isAnswered ? ref answered : ref refused);
            Taken.Note(taken);
        }
    }
}
