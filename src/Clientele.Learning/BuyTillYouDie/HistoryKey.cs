namespace Clientele.Learning;

/// <summary>What tells one group of customers from another.</summary>
internal readonly record struct HistoryKey(int Segment, int Frequency, double Recency, double Tenure) : IComparable<HistoryKey>
{
    public int CompareTo(HistoryKey other)
    {
        int by = Segment.CompareTo(other.Segment);
        by = by != 0 ? by : Frequency.CompareTo(other.Frequency);
        by = by != 0 ? by : Recency.CompareTo(other.Recency);
        return by != 0 ? by : Tenure.CompareTo(other.Tenure);
    }

    public ulong Mixed()
    {
        ulong hash = BitConverter.DoubleToUInt64Bits(Recency) * 0x9E3779B97F4A7C15 ^ BitConverter.DoubleToUInt64Bits(Tenure);
        hash = (hash ^ (hash >> 32)) * 0xBF58476D1CE4E5B9 + (uint)Frequency;
        hash = (hash ^ (hash >> 29)) * 0x94D049BB133111EB + (uint)Segment;
        return hash ^ (hash >> 32);
    }
}
