namespace Clientele.Settings;

/// <summary>Where runs are told of besides the store.</summary>
public sealed record TrackingSettings
{
    /// <summary>The address of an MLflow server that is sent every run when it is over; empty: none.</summary>
    public string Mlflow { get; init; } = "";
    /// <summary>Files of runs and models too; tables among them name customers.</summary>
    public bool Files { get; init; } = true;
}
