namespace Clientele.Lifetime;

/// <summary>A way to learn what customers will spend, entered in the contest.</summary>
public interface IContender
{
    /// <summary>As in tables and files.</summary>
    string Name { get; }

    /// <summary>A baseline must be beaten with significance, else it stays.</summary>
    bool IsBaseline { get; }

    /// <summary>Learns from what was known at a cut-off.</summary>
    ContenderFit Fit(LifetimePast past, CancellationToken cancel);
}

/// <summary>A model, or why there is none. One of the two is null.</summary>
/// <param name="TooLittle">One sentence: what the data do not hold enough of.</param>
public sealed record ContenderFit(IValueModel? Model, string? TooLittle)
{
    public static ContenderFit Of(IValueModel model) => new(model, null);

    public static ContenderFit Without(string tooLittle) => new(null, tooLittle);
}
