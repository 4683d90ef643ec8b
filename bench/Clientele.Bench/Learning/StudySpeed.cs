using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>The whole study of k = 2 … 10 on 20,000 × 10, ten starts and three indices at every k, against scikit-learn's.</summary>
internal static class StudySpeed
{
    private const int Rows = 20_000, Columns = 10, Least = 2, Most = 10, Restarts = 10;

    public static Task Run(int rounds)
    {
        var random = new RandomStream(1, 0);
        var rows = new Matrix(Rows, Columns, [.. Enumerable.Range(0, Rows * Columns).Select(i => random.Gaussian() + (i / Columns % 4 == i % Columns ? 3 : 0))]);
        using var peer = new Peer("choice_study.py", new { least = Least, most = Most, restarts = Restarts }, [("rows", rows)]);
        IReadOnlyList<StudiedFit> study = [];
        Ratio.Measure($"study of k = {Least} … {Most}, {Rows:N0} × {Columns}, {Restarts} starts", rounds, () => study = ClusterStudy.Run(rows, new() { MinClusters = Least, MaxClusters = Most, Restarts = Restarts }), peer);
        double[] theirs = [.. peer.Round().Figures["inertias"]!.AsArray().Select(value => value!.GetValue<double>())];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  inertia to the peer's, worst {study.Zip(theirs, (at, inertia) => at.Fit.Inertia / inertia).Max():F6}"));
        return Task.CompletedTask;
    }
}
