namespace Clientele.Server.Batches;

/// <summary>How a CSV record ends: well, within a quoted cell, or with text after a closed quote.</summary>
internal enum QuotesEnd
{
    Whole,
    Open,
    Wrong,
}

/// <summary>The twin of <see cref="Sources.CsvRecords"/>' rule for bytes.</summary>
internal static class CsvQuotes
{
    public static QuotesEnd EndOf(ReadOnlySpan<byte> record, byte delimiter)
    {
        for (int at = 0; at < record.Length; at++)
        {
            if (record[at] == '"')
            {
                at = ClosingQuote(record, at) + 1;
                if (at > record.Length)
                    return QuotesEnd.Open;
                if (at < record.Length && record[at] != delimiter)
                    return QuotesEnd.Wrong;
            }
            else
            {
                int next = record[at..].IndexOf(delimiter);
                if (next < 0)
                    return QuotesEnd.Whole;
                at += next;
            }
        }
        return QuotesEnd.Whole;
    }

    // The length of the record if there is none.
    private static int ClosingQuote(ReadOnlySpan<byte> record, int opening)
    {
        for (int at = opening + 1; at < record.Length; at++)
        {
            int next = record[at..].IndexOf((byte)'"');
            if (next < 0)
                return record.Length;
            at += next;
            if (at + 1 == record.Length || record[at + 1] != '"')
                return at;
            at++;
        }
        return record.Length;
    }
}
