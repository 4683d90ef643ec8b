using System.Net;
using Clientele.Problems;

namespace Clientele.Mlflow;

/// <summary>A server said no, or said nothing.</summary>
/// <param name="status">Null: it was not reached, or did not answer in time.</param>
/// <param name="code">MLflow's <c>error_code</c>; empty: the answer was not MLflow's.</param>
internal sealed class MlflowException(MlflowAddress server, HttpStatusCode? status, string code, string words, bool isOpen, Exception? cause = null) : Exception(words, cause)
{
    public const string Missing = "RESOURCE_DOES_NOT_EXIST", Exists = "RESOURCE_ALREADY_EXISTS";

    public string Code => code;

    /// <summary>Whether the request may have been carried out all the same.</summary>
    public bool IsOpen => isOpen;

    /// <summary>Whether it may go better later.</summary>
    public bool IsPassing => status is null || Passing(status.Value);

    public static bool Passing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status is 500 or 502 or 503 or 504;

    public ProblemException Problem => new(status switch
    {
        null => new("mlflow/unreachable", $"The MLflow server {server} cannot be reached: {Message}", "Nothing is lost: what has not been sent waits. Push again when the server is back."),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new("mlflow/refused", $"The MLflow server {server} does not let us in ({(int)status} {code}).",
            "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, in the environment."),
        _ when IsPassing => new("mlflow/failed", $"The MLflow server {server} answered {(int)status} {code}: {Message}", "Nothing is lost: what has not been sent waits. Push again later."),
        _ when code.Length == 0 => new("mlflow/no-server", $"{server} does not answer as an MLflow server does ({(int)status}).", "Check the address."),
        _ => new("mlflow/rejected", $"The MLflow server {server} does not take this ({code}): {Message}", "Look at it there; what it took before stands."),
    }, this);
}
