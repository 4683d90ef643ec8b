using Clientele.Problems;

namespace Clientele.Mlflow;

/// <summary>Where an MLflow server is: <c>http(s)://host[:port][/path]</c>, without user, query or fragment.</summary>
public sealed record MlflowAddress
{
    private MlflowAddress(Uri uri) => Uri = uri;

    /// <summary>Ends with a slash.</summary>
    internal Uri Uri { get; }

    /// <summary>The same for every way of writing it.</summary>
    public override string ToString() => Uri.ToString().TrimEnd('/');

    /// <exception cref="ProblemException"><c>mlflow/address</c>.</exception>
    public static MlflowAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            throw Wrong("An MLflow server has an address such as http://host:5000.");
        if (uri.UserInfo.Length > 0)
            throw Wrong("A user or password does not belong in the address of an MLflow server; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, in the environment.");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Wrong("The address of an MLflow server has no '?' and no '#'.");
        return new(new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"));
    }

    private static ProblemException Wrong(string what) => new(new("mlflow/address", what, "Correct '--to', or 'tracking: mlflow' in clientele.yaml."));
}
