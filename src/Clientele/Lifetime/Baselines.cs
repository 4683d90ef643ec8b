namespace Clientele.Lifetime;

/// <summary>Everybody spends what customers of the past did: their mean, their median.</summary>
public sealed class ConstantBaseline : IContender
{
    public string Name => "constant";
    public bool IsBaseline => true;

    public ContenderFit Fit(LifetimePast past, CancellationToken cancel)
    {
        double[] spend = [.. past.Over.SelectMany(snapshot => snapshot.Spend()).Order()];
        return spend.Length == 0
            ? ContenderFit.Without("No window of the past is over.")
            : ContenderFit.Of(new ConstantModel(spend.Average(), (spend[(spend.Length - 1) / 2] + spend[spend.Length / 2]) / 2));
    }
}

/// <summary>The same again: all that a customer has spent so far. The naive rule that beat every model of system 002.</summary>
public sealed class PastSpendBaseline : IContender
{
    public string Name => "past spend";
    public bool IsBaseline => true;

    public ContenderFit Fit(LifetimePast past, CancellationToken cancel) => ContenderFit.Of(new PastSpendModel(PastSpendModel.Said(past.Now).Average()));
}

/// <summary>As fast as so far: spend per day since the first purchase (at least 30 days), times the days of the window.</summary>
public sealed class PastRateBaseline : IContender
{
    public string Name => "past rate";
    public bool IsBaseline => true;

    public ContenderFit Fit(LifetimePast past, CancellationToken cancel) => ContenderFit.Of(new PastRateModel(PastRateModel.Said(past.Now).Average()));
}
