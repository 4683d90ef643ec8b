using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Clientele.Bench.Serving;

/// <param name="PerSecond">Requests answered.</param>
/// <param name="Half">Half of them took at most so long.</param>
/// <param name="Most">99 of 100 took at most so long.</param>
internal sealed record Load(double PerSecond, TimeSpan Half, TimeSpan Most);

/// <summary>Debian's wrk: one thread that keeps a number of connections busy, each with the next request as soon as it has its answer.</summary>
internal static class Wrk
{
    private static readonly string Script = Path.Combine(Checkout.Scratch, "serve.lua");

    /// <summary>Writes the script that posts these bodies, one after the other.</summary>
    public static void Prepare(IReadOnlyList<string> bodies)
    {
        var lua = new StringBuilder("local bodies = {\n");
        foreach (string body in bodies)
            lua.Append("  [==[").Append(body).Append("]==],\n");
        File.WriteAllText(Script, lua.Append("""
            }
            local requests, at = {}, 0
            init = function(args)
              local pause = tonumber(args[1])
              if pause > 0 then delay = function() return pause end end
              for i, body in ipairs(bodies) do requests[i] = wrk.format("POST", "/api/v1/predict", { ["Content-Type"] = "application/json" }, body) end
            end
            request = function()
              at = at % #requests + 1
              return requests[at]
            end
            done = function(summary, latency, requests)
              local errors = summary.errors
              io.write(string.format('{"requests": %d, "microseconds": %d, "half": %d, "most": %d, "errors": %d}\n', summary.requests, summary.duration,
                latency:percentile(50), latency:percentile(99), errors.connect + errors.read + errors.write + errors.status + errors.timeout))
            end

            """).ToString());
    }

    /// <param name="pause">Of a connection after each answer.</param>
    /// <exception cref="InvalidOperationException">A request failed.</exception>
    public static async Task<Load> Run(ServingProcess server, int connections, TimeSpan duration, TimeSpan pause = default)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk",
            ["-t1", string.Create(CultureInfo.InvariantCulture, $"-c{connections}"), string.Create(CultureInfo.InvariantCulture, $"-d{duration.TotalSeconds:0}s"), "-s", Script, server.Address.ToString(), "--", $"{pause.Milliseconds}"])
        {
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("wrk did not start.");
        string said = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var figures = said.Split('\n').FirstOrDefault(line => line.StartsWith("{\"requests\"", StringComparison.Ordinal)) is { } line
            ? JsonNode.Parse(line)!
            : throw new InvalidOperationException($"wrk said no figures: {said}");
        if ((long)figures["errors"]! > 0)
            throw new InvalidOperationException($"{figures["errors"]} requests to {server.Name} failed.");
        return new((double)figures["requests"]! / (double)figures["microseconds"]! * 1e6, TimeSpan.FromMicroseconds((double)figures["half"]!), TimeSpan.FromMicroseconds((double)figures["most"]!));
    }
}
