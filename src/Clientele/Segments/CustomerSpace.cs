using Clientele.Learning;
using Clientele.Settings;

namespace Clientele.Segments;

/// <summary>How raw features become the space in which customers are compared: bend, scale, rotate. Fitted once, the same for training and scoring.</summary>
/// <param name="Columns">Names of the features that go in, in order.</param>
public sealed record CustomerSpace(
    IReadOnlyList<string> Columns,
    YeoJohnsonState? YeoJohnson, LogTransformState? Log,
    StandardScalerState? Standard, RobustScalerState? Robust,
    PcaState? Components)
{
    /// <param name="rows">n × <paramref name="columns"/>, finite, in original units.</param>
    public static CustomerSpace Fit(Matrix rows, IReadOnlyList<string> columns, PreparationSettings settings, int threads)
    {
        var space = new CustomerSpace(columns, null, null, null, null, null);
        var at = rows;
        if (settings.Transform == "yeo-johnson")
            at = (space = space with { YeoJohnson = Learning.YeoJohnson.Fit(at, threads) }).YeoJohnson!.Transform(at);
        else if (settings.Transform == "log")
            at = (space = space with { Log = LogTransform.Fit(at) }).Log!.Transform(at);
        if (settings.Scale == "standard")
            at = (space = space with { Standard = StandardScaler.Fit(at) }).Standard!.Transform(at);
        else if (settings.Scale == "robust")
            at = (space = space with { Robust = RobustScaler.Fit(at) }).Robust!.Transform(at);
        return settings.Variance > 0 ? space with { Components = Pca.Fit(at, new() { MinVariance = settings.Variance }) } : space;
    }

    /// <param name="rows">n × <see cref="Columns"/>, finite, in original units.</param>
    /// <returns>n × dimensions of the space. A row's place does not depend on the rows beside it.</returns>
    public Matrix Place(Matrix rows) => Rotate(Prepare(rows));

    /// <summary>The same without the rotation: bent and scaled.</summary>
    /// <returns>n × <see cref="Columns"/>.</returns>
    public Matrix Prepare(Matrix rows)
    {
        var at = rows;
        foreach (var step in (ReadOnlySpan<IRowTransform?>)[YeoJohnson, Log, Standard, Robust])
            at = step?.Transform(at) ?? at;
        return at;
    }

    /// <summary>What <see cref="Prepare"/> leaves to be done.</summary>
    /// <param name="prepared">n × <see cref="Columns"/>.</param>
    /// <returns>n × dimensions of the space.</returns>
    public Matrix Rotate(Matrix prepared) => Components is null ? prepared : Components.Transform(prepared);
}
