using System.Text.Json.Nodes;
using Clientele.Learning.Tests;

namespace Clientele.Bench;

/// <summary>The buy-till-you-die functions against forty digits on many points: the share that agrees to 1e-12, and the largest error.</summary>
internal static class PurchaseDigits
{
    public static Task Run(int points)
    {
        var made = DigitPoint.Make(points, seed: 2026);
        double[] errors = new double[points];
        const int atOnce = 500;
        string version = "";
        for (int first = 0; first < points; first += atOnce)
        {
            var some = made[first..Math.Min(points, first + atOnce)];
            using var peer = new Peer("btyd_digits.py", new { points = new JsonArray([.. some.Select(point => point.Ask())]) });
            var values = peer.Round().Figures["values"]!.AsArray();
            for (int i = 0; i < some.Length; i++)
                errors[first + i] = some[i].Error(values[i]!.AsArray());
            version = peer.Version;
        }
        double within = errors.Count(error => error <= 1e-12) / (double)points;
        Console.WriteLine(FormattableString.Invariant($"{points:N0} points beside {version}: {within:P2} within 1e-12, largest error {errors.Max():0.0e0}, median {errors.Order().ElementAt(points / 2):0.0e0}"));
        if (errors.Max() > 1e-12)
            Console.WriteLine(FormattableString.Invariant($"  worst: {made[Array.IndexOf(errors, errors.Max())].Ask().ToJsonString()}"));
        History.Add($"Buy-till-you-die functions, {points:N0} points: largest relative error against 40 digits", errors.Max());
        return Task.CompletedTask;
    }
}
