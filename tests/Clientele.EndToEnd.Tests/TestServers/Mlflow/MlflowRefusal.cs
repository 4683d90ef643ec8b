namespace Clientele.Tests.TestServers.Mlflow;

/// <summary>An error in MLflow's terms.</summary>
internal sealed class MlflowRefusal(int status, string code, string message) : Exception(message)
{
    public int Status => status;
    public string Code => code;

    public static MlflowRefusal Invalid(string message) => new(400, "INVALID_PARAMETER_VALUE", message);
    public static MlflowRefusal Missing(string message) => new(404, "RESOURCE_DOES_NOT_EXIST", message);
    public static MlflowRefusal Exists(string message) => new(400, "RESOURCE_ALREADY_EXISTS", message);
}
