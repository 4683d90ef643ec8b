namespace Clientele.Lifetime;

/// <summary>A buy-till-you-die model times Gamma–Gamma: learns from the purchases before the cut-off alone, so it needs no past window.</summary>
public sealed class PurchaseContender(PurchaseLawName law, PurchaseForm form = PurchaseForm.Seasonal) : IContender
{
    /// <summary>Fewer customers who bought again say too little of four parameters.</summary>
    internal const int LeastRepeatBuyers = 30;

    public string Name { get; } = (law == PurchaseLawName.BgNbd ? "BG/NBD × Gamma–Gamma" : "MBG/NBD × Gamma–Gamma") + (form == PurchaseForm.Seasonal ? ", seasonal" : "");

    public bool IsBaseline => false;

    public ContenderFit Fit(LifetimePast past, CancellationToken cancel)
    {
        int again = past.Now.RepeatValue.Count(value => value > 0);
        return again < LeastRepeatBuyers
            ? ContenderFit.Without($"{again:N0} customers bought again for money; this takes {LeastRepeatBuyers}.")
            : ContenderFit.Of(PurchaseModel.Fit(past.Now, law, form, past.Threads, cancel));
    }
}
