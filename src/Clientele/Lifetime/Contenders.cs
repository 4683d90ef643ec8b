namespace Clientele.Lifetime;

/// <summary>All that take part in a contest.</summary>
public static class Contenders
{
    public static IReadOnlyList<IContender> All() =>
    [
        new ConstantBaseline(), new PastSpendBaseline(), new PastRateBaseline(),
        .. Enum.GetValues<PurchaseLawName>().Select(law => new PurchaseContender(law)),
    ];
}
