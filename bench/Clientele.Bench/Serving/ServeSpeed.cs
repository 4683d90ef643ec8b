using System.Globalization;
using System.Text.Json.Nodes;

namespace Clientele.Bench.Serving;

/// <summary><c>clientele serve</c> beside the same model behind FastAPI and scikit-learn, and beside Kestrel with nothing to do. wrk and the servers share the machine's cores.</summary>
internal static class ServeSpeed
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3), WarmUp = TimeSpan.FromSeconds(5);

    /// <param name="rounds">Each gives every server one turn at every number of connections.</param>
    /// <param name="connections">Only this number; null: 1, 16 and 64.</param>
    public static async Task Run(int rounds, string? connections)
    {
        var shop = await ServingShop.Open();
        Wrk.Prepare(shop.Bodies);
        await using var ours = await ServingProcess.Ours(shop.Folder);
        await using var one = await ServingProcess.FastApi(shop.Bundle, workers: 1);
        await using var two = await ServingProcess.FastApi(shop.Bundle, workers: 2);
        string answer = await Same(ours, one, shop.Bodies);
        await using var bare = await ServingProcess.Bare(answer.Length);
        ServingProcess[] servers = [ours, one, two, bare];
        foreach (var server in servers)
            await Wrk.Run(server, 16, WarmUp);
        foreach (int count in connections is null ? [1, 16, 64] : new[] { int.Parse(connections, CultureInfo.InvariantCulture) })
        {
            var loads = servers.Select(_ => new List<Load>()).ToList();
            for (int round = 0; round < rounds; round++)
                for (int i = 0; i < servers.Length; i++)
                    loads[i].Add(await Wrk.Run(servers[i], count, Turn));
            for (int i = 0; i < servers.Length; i++)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{count,3} connections  {servers[i].Name,-20} {Median(loads[i].Select(load => load.PerSecond)),8:N0} requests/s   half in {Median(loads[i].Select(load => load.Half.TotalMilliseconds)):0.00} ms, 99 % in {Median(loads[i].Select(load => load.Most.TotalMilliseconds)):0.00} ms"));
            for (int i = 1; i < servers.Length; i++)
                Compare(count, loads[0], servers[i].Name, loads[i]);
        }
    }

    private static void Compare(int connections, List<Load> ours, string name, List<Load> theirs)
    {
        double[] ratios = [.. ours.Zip(theirs, (mine, other) => mine.PerSecond / other.PerSecond).Order()], tails = [.. ours.Zip(theirs, (mine, other) => other.Most / mine.Most).Order()];
        string what = $"serve, {connections} connection{(connections == 1 ? "" : "s")}";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-24} {Median(ratios),6:0.00} × {name}'s requests [{ratios[0]:0.00} – {ratios[^1]:0.00}], its 99 % take {Median(tails):0.0} × ours [{tails[0]:0.0} – {tails[^1]:0.0}]"));
        History.Add($"{what}: requests/s, times {name}", Median(ratios));
        History.Add($"{what}: 99 % latency of {name}, times ours", Median(tails));
    }

    /// <summary>Both say the same of every customer before anything is measured.</summary>
    /// <returns>One of our answers.</returns>
    private static async Task<string> Same(ServingProcess ours, ServingProcess peer, IReadOnlyList<string> bodies)
    {
        string text = "";
        foreach (string body in bodies)
        {
            text = await ours.Ask(body);
            var (mine, other) = (JsonNode.Parse(text)!, JsonNode.Parse(await peer.Ask(body))!);
            double apart = Math.Abs((double)mine["distance"]! - (double)other["distance"]!);
            if ((int)mine["segment"]! != (int)other["segment"]! || (int)mine["second_nearest"]!["segment"]! != (int)other["second_nearest"]!["segment"]! || apart > 1e-6)
                throw new InvalidOperationException($"The servers differ about {body}: {mine} and {other}");
        }
        return text;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
