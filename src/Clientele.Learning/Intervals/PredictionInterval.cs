namespace Clientele.Learning;

/// <summary>A value is said to lie here, ends included. An end of ∓∞ says that too little is known.</summary>
public readonly record struct PredictionInterval(double Lower, double Upper)
{
    public double Width => Upper - Lower;

    public bool Holds(double value) => Lower <= value && value <= Upper;
}
