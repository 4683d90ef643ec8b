using System.Buffers;
using System.Globalization;
using System.Text;
using Clientele.Server;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Clientele.Server.Predictions;

namespace Clientele.Bench.Serving;

/// <summary>What our own part of a request takes: time and memory of reading, scoring and writing, on one thread, without HTTP.</summary>
internal static class RequestParts
{
    private const int Requests = 20_000;

    public static async Task Run(int rounds)
    {
        var shop = await ServingShop.Open();
        await using var models = await ServedModels.Open(new ServeOptions(shop.Folder), TimeProvider.System, default);
        var model = models.Current;
        ReadOnlySequence<byte>[] bodies = [.. shop.Bodies.Select(body => new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)))];
        AskedCustomers[] asked = [.. bodies.Select(body => new CustomersReader(model).One(body))];
        var scores = Array.ConvertAll(asked, one => model.Segments.Score(one.Rows, threads: 1));
        Part("read a body", rounds, i => new CustomersReader(model).One(bodies[i % bodies.Length]));
        Part("assign", rounds, i => model.Segments.Score(asked[i % asked.Length].Rows, threads: 1));
        Part("note in the log", rounds, i => model.Score(asked[i % asked.Length].Rows), less: i => model.Segments.Score(asked[i % asked.Length].Rows, threads: 1));
        Part("how sure", rounds, i => model.Segments.Certainty(scores[i % scores.Length], 0));
        Part("why", rounds, i => model.Segments.Reasons(scores[i % scores.Length], 0));
        Part("write all", rounds, i =>
        {
            var answer = AnswerBuffer.Take();
            PredictionWriter.Write(answer.Json, asked[i % asked.Length], scores[i % scores.Length], null, 0, withModel: true);
            answer.Json.Flush();
        });
    }

    private static void Part(string what, int rounds, Action<int> work, Action<int>? less = null)
    {
        var (seconds, bytes) = Measure(rounds, work);
        if (less is not null)
        {
            var (without, free) = Measure(rounds, less);
            (seconds, bytes) = (seconds - without, bytes - free);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-20} {seconds * 1e6,7:0.00} µs {bytes,8:N0} bytes"));
    }

    // The fastest round: what else runs only makes it slower.
    private static (double Seconds, double Bytes) Measure(int rounds, Action<int> work)
    {
        double least = double.PositiveInfinity;
        long bytes = 0;
        for (int round = 0; round <= rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            double seconds = Ratio.Seconds(() =>
            {
                for (int i = 0; i < Requests; i++)
                    work(i);
            });
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            least = Math.Min(least, seconds);
        }
        return (least / Requests, (double)bytes / Requests);
    }
}
