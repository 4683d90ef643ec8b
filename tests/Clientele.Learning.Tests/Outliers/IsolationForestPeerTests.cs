using System.Globalization;
using System.Text.Json;

namespace Clientele.Learning.Tests;

/// <summary>Beside scikit-learn's forests (bench/peers/isolation_scores.py): chance differs, so means over seeds are compared.</summary>
public sealed class IsolationForestPeerTests
{
    private const int Seeds = 12;

    private sealed record Answer(double[][] Scores, Dictionary<string, double> AveragePath, double Threshold, int Aside);

    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public void Scores_and_ranking_of_rare_malignant_tumours_are_the_peers_within_noise()
    {
        var (rows, labels) = Tables.BreastCancer;
        int rare = labels.GroupBy(label => label).MinBy(group => group.Count())!.Key;
        int[] kept = [.. Enumerable.Range(0, rows.Rows).Where(i => labels[i] != rare), .. Enumerable.Range(0, rows.Rows).Where(i => labels[i] == rare).Take(30)];
        Compare(rows.Take(kept), [.. kept.Select(i => labels[i] == rare)]);
    }

    [Fact]
    public void Scores_of_a_wide_cloud_around_a_dense_one_are_the_peers_within_noise()
    {
        var random = new RandomStream(9);
        bool[] far = [.. Enumerable.Range(0, 2000).Select(i => i % 40 == 0)];
        Compare(new(2000, 5, [.. Enumerable.Range(0, 10_000).Select(i => (far[i / 5] ? 2.5 : 1) * random.Gaussian())]), far);
    }

    private static void Compare(Matrix rows, bool[] unusual)
    {
        double[][] table = [.. Enumerable.Range(0, rows.Rows).Select(i => rows.Row(i).ToArray())];
        var peer = JsonSerializer.Deserialize<Answer>(PeerScript.Run("isolation_scores.py", JsonSerializer.SerializeToUtf8Bytes(new { rows = table, seeds = Seeds, share = .07 })), Snake)!;
        foreach (var (n, path) in peer.AveragePath)
            Assert.Equal(path, IsolationForest.AveragePath(int.Parse(n, CultureInfo.InvariantCulture)), 1e-12 * Math.Max(1, path));

        // With a share of contamination: from the same scores the same threshold, and the same rows set aside.
        double threshold = IsolationForest.Threshold(peer.Scores[0], .07);
        Assert.Equal(peer.Threshold, threshold, 1e-12);
        Assert.Equal(peer.Aside, peer.Scores[0].Count(score => score > threshold));

        double[][] ours = [.. Enumerable.Range(0, Seeds).Select(seed => IsolationForest.Fit(rows, new() { Seed = (ulong)seed }).Score(rows))];
        // Row by row: means over seeds differ by no more than six of their standard errors, and on average by no shift.
        double shift = 0;
        for (int i = 0; i < rows.Rows; i++)
        {
            var (mine, theirs) = (Moments(ours.Select(scores => scores[i])), Moments(peer.Scores.Select(scores => scores[i])));
            double error = Math.Sqrt((mine.Deviation * mine.Deviation + theirs.Deviation * theirs.Deviation) / (Seeds - 1));
            Assert.True(Math.Abs(mine.Mean - theirs.Mean) <= 6 * error, FormattableString.Invariant($"row {i}: {mine.Mean} beside {theirs.Mean}, error {error}"));
            shift += (mine.Mean - theirs.Mean) / rows.Rows;
        }
        Assert.Equal(0, shift, 0.004);
        var (area, peerArea) = (Moments(ours.Select(scores => Area(scores, unusual))), Moments(peer.Scores.Select(scores => Area(scores, unusual))));
        Assert.Equal(peerArea.Mean, area.Mean, 4 * Math.Sqrt((area.Deviation * area.Deviation + peerArea.Deviation * peerArea.Deviation) / (Seeds - 1)));
    }

    private static (double Mean, double Deviation) Moments(IEnumerable<double> values) => Columnwise.Moments([.. values]);

    // Chance that an unusual row scores above a usual one (area under the ROC curve).
    private static double Area(double[] scores, bool[] unusual)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(i => scores[i])];
        (double usual, double below) = (0, 0);
        foreach (int i in order)
            if (unusual[i])
                below += usual;
            else
                usual++;
        return below / usual / (scores.Length - usual);
    }
}
