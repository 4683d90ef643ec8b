using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>All that take part in a contest.</summary>
public static class Contenders
{
    public static IReadOnlyList<IContender> All() =>
    [
        new ConstantBaseline(), new PastSpendBaseline(), new PastRateBaseline(),
        new LearnedContender(LinearValueModel.Name, LinearValueModel.Of, (rows, _, _) => new LinearValueModel(PublishedModel.Fit(rows.Columns, rows.Spend), rows.Days, rows.Most)),
        Learned("ridge on logs", (rows, _, cancel) => LogRidgeModel.Fit(rows, cancel)),
        Learned("random forest", (rows, past, cancel) => ForestModel.Fit(rows, past.Seed, past.Threads, cancel)),
        Learned("boosting, squared", (rows, past, cancel) => BoostedModel.Fit(rows, TreeLoss.Squared, past.Seed, past.Threads, cancel)),
        Learned("boosting, Tweedie", (rows, past, cancel) => BoostedModel.Fit(rows, TreeLoss.Tweedie(1.5), past.Seed, past.Threads, cancel)),
        Learned("hurdle", (rows, past, cancel) => new TwoPartModel(
            Hurdle.Fit(rows.Columns, rows.Spend, new() { AmountPenalty = .01, Purchase = new() { Threads = past.Threads } }, cancel: cancel).Model, rows.Usual, rows.Days, rows.Most)),
        Learned("zero-inflated lognormal", (rows, past, cancel) => new TwoPartModel(
            ZeroInflatedLogNormal.Fit(rows.Columns, rows.Spend, new() { Threads = past.Threads }, cancel: cancel).Model, rows.Usual, rows.Days, rows.Most)),
        new PurchaseContender(PurchaseLawName.BgNbd, PurchaseForm.Published), new PurchaseContender(PurchaseLawName.MbgNbd, PurchaseForm.Published),
        new PurchaseContender(PurchaseLawName.MbgNbd),
        new BlendContender(), new HalfBlendContender(),
    ];

    private static LearnedContender Learned(string name, Func<TrainingRows, LifetimePast, CancellationToken, IValueModel> learn) => new(name, LearnedColumns.Of, learn);
}
