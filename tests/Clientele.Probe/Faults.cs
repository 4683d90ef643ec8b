using System.Runtime.CompilerServices;
using Clientele.Engine;

namespace Clientele.Probe;

/// <summary>A process in which the engine lives, and whose managed code makes the two mistakes that arrive as signals.</summary>
internal static class Faults
{
    public static int Run(string library, string folder)
    {
        Embedded.Start(library, folder);
        Query();
        Report("idle");
        var workers = Enumerable.Range(0, 4).Select(_ => new Thread(Query)).ToList();
        workers.ForEach(w => w.Start());
        Report("at work");
        workers.ForEach(w => w.Join());
        Report("later");
        LibC.Exit(0);
        return 0;
    }

    private static void Query()
    {
        using var connection = ChdbConnection.Open();
        using var result = connection.Query("SELECT sum(sipHash64(number)) FROM numbers(20000000)");
        if (result.Bytes.IsEmpty)
            throw new InvalidOperationException(result.Error?.Text);
    }

    private static void Report(string when)
    {
        foreach (var (fault, name) in new (Action, string)[] { (() => _ = Length(null), nameof(NullReferenceException)), (() => _ = Share(1, 0), nameof(DivideByZeroException)) })
        {
            try
            {
                fault();
            }
            catch (Exception caught) when (caught.GetType().Name == name)
            {
                Console.WriteLine($"{when}: {name}");
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Length(string? text) => text!.Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Share(int of, int among) => of / among;
}
