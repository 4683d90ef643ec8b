namespace Clientele.Learning;

/// <summary>The histories of n customers, as columns.</summary>
/// <param name="Frequency">n repeat purchases x.</param>
/// <param name="Recency">n times t_x.</param>
/// <param name="Tenure">n ages T.</param>
public sealed record PurchaseHistories(int[] Frequency, double[] Recency, double[] Tenure)
{
    public int Count => Frequency.Length;

    public PurchaseHistory this[int customer] => new(Frequency[customer], Recency[customer], Tenure[customer]);

    /// <exception cref="NotFiniteException">A recency (column 1) or tenure (column 2) is NaN or infinite.</exception>
    /// <exception cref="PurchaseHistoryException">A history contradicts itself; the message names the customer.</exception>
    internal void Check()
    {
        if (Recency.Length != Count || Tenure.Length != Count)
            throw new ArgumentException($"{Count} frequencies, {Recency.Length} recencies and {Tenure.Length} tenures do not belong together.");
        for (int i = 0; i < Count; i++)
        {
            var history = this[i];
            if (history.Fault is not { } fault)
                continue;
            if (!double.IsFinite(history.Recency))
                throw new NotFiniteException(i, 1, history.Recency);
            if (!double.IsFinite(history.Tenure))
                throw new NotFiniteException(i, 2, history.Tenure);
            throw new PurchaseHistoryException(i, fault);
        }
    }
}
