using System.Text.Json.Serialization;
using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>What forecasts are judged by, each a mean over cut-offs.</summary>
public enum ContestFigure
{
    /// <summary>√ mean (spend − mean forecast)²; less is better.</summary>
    Rmse,
    /// <summary>Mean |spend − median forecast|; less is better.</summary>
    MedianAbsolute,
    /// <summary>Normalised, of the mean forecast; more is better.</summary>
    Gini,
    /// <summary>Of the mean forecast; more is better.</summary>
    Spearman,
}

/// <summary>Whether a model is better than a rival in one figure, and not by luck.</summary>
/// <param name="Model">Chosen by the rule.</param>
/// <param name="Rival">A baseline, or the published form.</param>
/// <param name="OfModel">Its figure.</param>
/// <param name="OfRival">Likewise.</param>
/// <param name="Difference">Figure of the model − figure of the rival; customers drawn again, each with all cut-offs.</param>
public sealed record ContestVerdict(ContestFigure Figure, string Model, string Rival, double OfModel, double OfRival, PairedDifference Difference)
{
    /// <summary>The model is better, with 95 % confidence.</summary>
    [JsonIgnore]
    public bool Better => LessIsBetter ? Difference.Upper < 0 : Difference.Lower > 0;

    /// <summary>The rival is, with 95 % confidence.</summary>
    [JsonIgnore]
    public bool Worse => LessIsBetter ? Difference.Lower > 0 : Difference.Upper < 0;

    /// <summary>Who stands by this figure: the model only where it is better.</summary>
    public string Kept => Better ? Model : Rival;

    private bool LessIsBetter => Figure is ContestFigure.Rmse or ContestFigure.MedianAbsolute;
}
