using Clientele.Engines;

namespace Clientele.Probe;

/// <summary>A program with an embedded engine that is hard at work, waiting to be killed.</summary>
internal static class Parent
{
    public static async Task<int> Run()
    {
        await using var engine = await EngineClient.StartEmbedded();
        var work = engine.Execute(Sql.Text("SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))"));
        Console.WriteLine($"{engine.ProcessId} {engine.Folder}");
        await work;
        return 1;
    }
}
