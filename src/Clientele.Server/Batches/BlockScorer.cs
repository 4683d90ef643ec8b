using System.Buffers;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Scoring;
using Clientele.Server.Customers;
using Clientele.Server.Models;

namespace Clientele.Server.Batches;

/// <summary>Reads, scores and writes one block. As many work at once as there are cores.</summary>
internal sealed class BlockScorer(ServedModel model, RowForm form)
{
    public const string ResultHeader = "line,id,segment,persona,distance,confidence,second_nearest,second_distance,outlier,clv_mean,clv_median,clv_lower_80,clv_upper_80,p_alive\n";

    private readonly AskedRows asked = new(model.Segments.Features.Count);

    public RecordBlock Block { get; } = new();
    /// <summary>Lines of the result file.</summary>
    public ArrayBufferWriter<byte> Result { get; } = new(1 << 16);
    /// <summary>Lines of the quarantine file, in the order of their rows: so they do not depend on where blocks begin.</summary>
    public ArrayBufferWriter<byte> Quarantine { get; } = new(4_096);
    public BatchCounts Counts { get; private set; }

    public void Work()
    {
        asked.Clear();
        Result.ResetWrittenCount();
        Quarantine.ResetWrittenCount();
        form.Read(Block, asked);
        long customers = 0;
        try
        {
            if (asked.Customers.Count > 0)
                customers = Write(model.Segments.Score(asked.ToMatrix(), threads: 1), null);
        }
        catch (NotFiniteException)
        {
            // One is beyond all reckoning: which, is found out one by one.
            for (int i = 0; i < asked.Customers.Count; i++)
                customers += Alone(i);
        }
        asked.WriteQuarantine(Quarantine);
        Counts = new(Block.Records.Count, asked.Quarantined, customers);
    }

    private long Alone(int customer)
    {
        try
        {
            return Write(model.Segments.Score(asked.ToMatrix([customer]), threads: 1), customer);
        }
        catch (NotFiniteException)
        {
            TooFar(customer);
            return 0;
        }
    }

    private void TooFar(int customer) => asked.SetAside(asked.Customers[customer], Block.Bytes, "row/out-of-reach", "Its numbers are too large to reckon with. Look for a value that is a mistake, or in another unit than the model's.");

    /// <param name="alone">The customer whose scores these are; null: all.</param>
    /// <returns>How many were written.</returns>
    private long Write(SegmentScores scores, int? alone)
    {
        var (certainties, values) = (model.Segments.Certainties(scores), Values(alone));
        long written = 0;
        for (int i = 0; i < certainties.Length; i++)
        {
            int customer = alone ?? i;
            if (!ServedModel.IsInReach(scores.Assigned.Distances[i]))
            {
                TooFar(customer);
                continue;
            }
            Write(asked.Customers[customer], scores.Assigned.Labels[i], scores.Assigned.SecondNearest[i], scores.Assigned.Distances[i], scores.Assigned.Outliers[i], certainties[i], values?[i]);
            written++;
        }
        return written;
    }

    // Null: of nobody is known what tells one.
    private ValueAnswer?[]? Values(int? alone)
    {
        var customers = asked.Customers;
        IReadOnlyList<CustomerPast?> pasts = alone is { } one ? [customers[one].Past] : customers.Exists(customer => customer.Past is not null) ? [.. customers.Select(customer => customer.Past)] : [];
        return pasts.Any(past => past is not null) ? model.Valuation!.Value(pasts) : null;
    }

    private void Write(in AskedRow row, int label, int second, double distance, bool isOutlier, in Certainty certainty, ValueAnswer? reckoned)
    {
        Result.Number(row.Record.Line);
        Result.Comma();
        if (row.Id is { } id)
            Result.Text(id);
        Result.Comma();
        Result.Number(label + 1L);
        Result.Comma();
        Result.Text(model.PersonaOf(label));
        Result.Comma();
        Result.Number(distance);
        Result.Comma();
        Result.Number(certainty.Confidence);
        Result.Comma();
        Result.Number(second + 1L);
        Result.Comma();
        Result.Number(certainty.SecondDistance);
        Result.Write(isOutlier ? ",true"u8 : ",false"u8);
        if ((row.Known?.Value is { } known ? ValueAnswer.Of(known) : reckoned) is { } value)
            foreach (double? number in (ReadOnlySpan<double?>)[value.Mean, value.Median, value.Lower80, value.Upper80, value.PAlive])
            {
                Result.Comma();
                if (number is { } told)
                    Result.Number(told);
            }
        else
            Result.Write(",,,,,"u8);
        Result.End();
    }
}

/// <summary>Rows of the file, each of which is scored or quarantined, and customers: more rows than customers only where order lines make them.</summary>
internal readonly record struct BatchCounts(long Read, long Quarantined, long Customers)
{
    public long Scored => Read - Quarantined;

    public static BatchCounts operator +(BatchCounts a, BatchCounts b) => new(a.Read + b.Read, a.Quarantined + b.Quarantined, a.Customers + b.Customers);
}
