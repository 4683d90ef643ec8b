using Clientele.Problems;

namespace Clientele.Storage;

/// <summary>Where the files of models and runs are: a folder of the workspace, or S3 and what speaks its protocol. It never holds a secret.</summary>
public sealed record ObjectsAddress
{
    /// <summary>In place of what <c>artifacts:</c> says.</summary>
    public const string Variable = "CLIENTELE_ARTIFACTS";

    private ObjectsAddress(string shown) => Shown = shown;

    /// <summary>For people.</summary>
    public string Shown { get; }
    /// <summary>False: in S3.</summary>
    private bool IsFolder { get; init; }
    public string Bucket { get; private init; } = "";
    /// <summary>What keys begin with: empty, or ends with a slash.</summary>
    public string Prefix { get; private init; } = "";
    /// <summary>Null: Amazon's own.</summary>
    public Uri? Endpoint { get; private init; }
    public string Region { get; private init; } = "us-east-1";

    /// <summary>Whether it is a place that others may share, so that files of runs belong there too.</summary>
    public bool IsShared => !IsFolder;

    public override string ToString() => Shown;

    /// <summary>What the environment says, else the settings, else a folder of the workspace.</summary>
    /// <param name="setting">The value of <c>artifacts:</c>; empty: none.</param>
    public static ObjectsAddress Of(string workspace, string setting) =>
        Parse(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? address : setting, workspace);

    /// <param name="text"><c>s3://bucket/prefix</c>, with <c>?endpoint=</c> and <c>region=</c> where wanted; or the path of a folder. Empty: <c>objects</c>.</param>
    /// <param name="workspace">That a path starts from.</param>
    /// <exception cref="ProblemException"><c>objects/address</c>.</exception>
    public static ObjectsAddress Parse(string text, string workspace)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
            return new(Path.Combine(workspace, text.Length > 0 ? text : ObjectFolder.Name)) { IsFolder = true };
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "s3" || uri.Host.Length == 0)
            throw Wrong($"'{text}' is neither a folder nor a place in S3 such as s3://bucket/prefix.");
        if (uri.UserInfo.Length > 0)
            throw new ProblemException(new("objects/address", "Keys do not belong in an address of S3.", "Take them out and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment."));
        string prefix = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/');
        var address = new ObjectsAddress($"s3://{uri.Host}/{prefix}".TrimEnd('/'))
        {
            Bucket = uri.Host,
            Prefix = prefix.Length > 0 ? $"{prefix}/" : "",
            Endpoint = FromEnvironment("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") is { } variable ? EndpointOf(variable) : null,
            Region = FromEnvironment("AWS_REGION", "AWS_DEFAULT_REGION") ?? "us-east-1",
        };
        foreach (string[] option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
            address = (option[0], Uri.UnescapeDataString(option[^1])) switch
            {
                ("endpoint", var value) => address with { Endpoint = EndpointOf(value) },
                ("region", { Length: > 0 } value) when value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => address with { Region = value },
                var (name, value) => throw Wrong($"'{name}={value}' is not an option of a place in S3: endpoint and region are."),
            };
        return address;
    }

    /// <summary>What is kept there.</summary>
    public IObjects Open(TimeProvider clock) => IsFolder ? new ObjectFolder(Shown, clock) : new S3Objects(this, clock);

    private static Uri EndpointOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0
            ? uri
            : throw Wrong("An endpoint of S3 is an address such as https://storage.example.com, without a user.");

    private static string? FromEnvironment(params string[] names) => names.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static ProblemException Wrong(string what) =>
        new(new("objects/address", what, $"Correct 'artifacts' in clientele.yaml, or {Variable} in the environment."));
}
