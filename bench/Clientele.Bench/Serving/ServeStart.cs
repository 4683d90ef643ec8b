using System.Globalization;

namespace Clientele.Bench.Serving;

/// <summary>From the start of the process to the first answer of <c>/ready</c>, with the demo shop's model.</summary>
internal static class ServeStart
{
    public static async Task Run(int starts)
    {
        var shop = await ServingShop.Open();
        var seconds = new List<double>();
        for (int start = -1; start < starts; start++)
        {
            await using var serving = await ServingProcess.Ours(shop.Folder);
            if (start >= 0)       // the first one fills the machine's file cache
                seconds.Add(serving.Ready.TotalSeconds);
        }
        seconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"clientele serve: start to ready {seconds[seconds.Count / 2]:0.000} s [{seconds[0]:0.000} – {seconds[^1]:0.000}] of {starts}"));
        History.Add("serve: start to ready, s", seconds[seconds.Count / 2]);
    }
}
