using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>A Python peer that holds the same rows as we do and works a round whenever it is asked: <c>bench/peers/rounds.py</c>.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    /// <param name="script">In <c>bench/peers</c>; calls <c>rounds.serve</c>.</param>
    /// <param name="settings">An object of plain values.</param>
    public Peer(string script, object settings, params IReadOnlyList<(string Name, Matrix Rows)> arrays)
    {
        process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(Checkout.Root, "bench", "peers", script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("python3 did not start.");
        var ask = JsonSerializer.SerializeToNode(settings)!.AsObject();
        ask["arrays"] = new JsonArray([.. arrays.Select(array => new JsonArray(array.Name, "<f8", new JsonArray(array.Rows.Rows, array.Rows.Columns)))]);
        process.StandardInput.WriteLine(ask.ToJsonString());
        process.StandardInput.Flush();
        foreach (var (_, rows) in arrays)
            process.StandardInput.BaseStream.Write(MemoryMarshal.AsBytes(rows.Values.AsSpan()));
        process.StandardInput.BaseStream.Flush();
        Version = Answer()["version"]!.GetValue<string>();
    }

    public string Version { get; }

    /// <summary>One round: its seconds, as the peer took them around its work alone, and the figures it tells.</summary>
    public (double Seconds, JsonObject Figures) Round()
    {
        process.StandardInput.WriteLine("round");
        process.StandardInput.Flush();
        var figures = Answer();
        return (figures["seconds"]!.GetValue<double>(), figures);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private JsonObject Answer() => process.StandardOutput.ReadLine() is { } line
        ? JsonNode.Parse(line)!.AsObject()
        : throw new InvalidOperationException("The peer ended; what it said stands above.");
}
