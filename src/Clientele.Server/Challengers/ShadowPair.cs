using Clientele.Learning;
using Clientele.Registry;
using Clientele.Server.Metrics;
using Clientele.Server.Models;

namespace Clientele.Server.Challengers;

/// <summary>A champion, its shadow, and how far they have been found to differ.</summary>
internal sealed class ShadowPair(ServedModel champion, ServedModel challenger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string From, string To), int> segments = [];
    private readonly int[] columns = [.. challenger.Features.Names.Select(name => champion.Features.Names.ToList().IndexOf(name))];
    private long leftOut, failed, values;
    private double difference;

    public ServedModel Champion => champion;
    public ServedModel Challenger => challenger;

    /// <summary>How long the shadow takes for what the champion answered at once.</summary>
    public Histogram Taken { get; } = new();

    /// <summary>Lets the shadow assign customers, and notes whom it sees elsewhere.</summary>
    /// <param name="rows">n × the champion's features.</param>
    /// <param name="labels">n, the champion's, from 0.</param>
    /// <exception cref="NotFiniteException">The shadow reckons with such numbers no more.</exception>
    public void Compare(Matrix rows, IReadOnlyList<int> labels)
    {
        var seen = challenger.Segments.Score(rows.TakeColumns(columns), threads: 1).Assigned.Labels;
        lock (gate)
            for (int i = 0; i < labels.Count; i++)
            {
                var pair = ($"{labels[i] + 1}", $"{seen[i] + 1}");
                segments[pair] = segments.GetValueOrDefault(pair) + 1;
            }
    }

    /// <summary>Lets the shadow value customers, and notes by how much it differs.</summary>
    /// <param name="rows">n × the nine numbers.</param>
    /// <param name="expected">n, the champion's.</param>
    /// <exception cref="NotFiniteException">The shadow reckons with such numbers no more.</exception>
    public void Compare(Matrix rows, IReadOnlyList<double> expected)
    {
        double[] others = challenger.Values!.Model.Predict(rows);
        double sum = others.Zip(expected, (one, other) => Math.Abs(one - other)).Sum();
        lock (gate)
            (values, difference) = (values + others.Length, difference + sum);
    }

    public void LeaveOut(int customers) => Interlocked.Add(ref leftOut, customers);

    public void Fail(int customers) => Interlocked.Add(ref failed, customers);

    public ShadowFigures Figures()
    {
        lock (gate)
            return new(SegmentMoves.Of(segments), values, difference, Volatile.Read(ref leftOut), Volatile.Read(ref failed));
    }
}

/// <param name="Segments">From the champion's to the shadow's; segments of the same customers are the same one, whatever their numbers.</param>
/// <param name="Values">How many were valued by both.</param>
/// <param name="Difference">Σ |value − value| over them.</param>
/// <param name="LeftOut">Customers that were not compared: too many were waiting.</param>
/// <param name="Failed">Customers whom the shadow could not answer.</param>
internal sealed record ShadowFigures(SegmentMoves Segments, long Values, double Difference, long LeftOut, long Failed);
