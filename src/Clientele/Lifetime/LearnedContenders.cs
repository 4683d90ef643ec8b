using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Learns from windows that are over, one model for all of them together.</summary>
internal sealed class LearnedContender(string name, Func<LifetimeSnapshot, Matrix> columns, Func<TrainingRows, LifetimePast, CancellationToken, IValueModel> learn) : IContender
{
    public string Name => name;
    public bool IsBaseline => false;

    public ContenderFit Fit(LifetimePast past, CancellationToken cancel)
    {
        var (rows, tooLittle) = TrainingRows.Of(past, columns);
        return rows is null ? ContenderFit.Without(tooLittle!) : ContenderFit.Of(learn(rows, past, cancel));
    }
}

/// <summary>Buy-till-you-die expectations corrected by what the past has shown.</summary>
internal sealed class BlendContender : IContender
{
    private static readonly PurchaseContender Purchases = new(PurchaseLawName.MbgNbd, PurchaseForm.Seasonal);

    public string Name => "blend";
    public bool IsBaseline => false;

    public ContenderFit Fit(LifetimePast past, CancellationToken cancel)
    {
        var (model, tooLittle) = BlendModel.Fit(past, Purchases, cancel);
        return model is null ? ContenderFit.Without(tooLittle!) : ContenderFit.Of(model);
    }
}

/// <summary>The same, with corrections that go half-way: the past may not come again.</summary>
internal sealed class HalfBlendContender : IContender
{
    private static readonly BlendContender Whole = new();

    public string Name => "blend, half-way";
    public bool IsBaseline => false;

    public ContenderFit Fit(LifetimePast past, CancellationToken cancel) =>
        past.Fit(Whole, cancel) is { Model: BlendModel whole } ? ContenderFit.Of(whole with { Strength = .5 }) : past.Fit(Whole, cancel);
}
