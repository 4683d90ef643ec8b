using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Mlflow;

/// <summary>Where files of a run or model go: through the server (<c>mlflow-artifacts:</c>), or straight to S3 (<c>s3:</c>).</summary>
internal sealed class FileDoor
{
    private readonly MlflowClient client;
    private readonly string through = "";
    private readonly S3Objects? s3;

    /// <param name="root">The server's <c>artifact_uri</c>.</param>
    /// <exception cref="ProblemException"><c>mlflow/artifacts</c>: it is a place that we do not write to.</exception>
    public FileDoor(MlflowClient client, string root, TimeProvider clock)
    {
        this.client = client;
        if (Uri.TryCreate(root, UriKind.Absolute, out var uri) && uri.Scheme == "mlflow-artifacts")
        {
            // With a host in it, it may be another server, which is none of ours.
            if (uri.Host.Length > 0 && (uri.Host != client.Server.Uri.Host || (uri.Port > 0 && uri.Port != client.Server.Uri.Port)))
                throw No(root, "which is another server.");
            through = uri.AbsolutePath.Trim('/');
            if (through.Split('/').Any(part => Uri.UnescapeDataString(part) is "" or "." or ".."))
                throw No(root, "which is no place for files.");
        }
        else if (uri?.Scheme == "s3" && uri.UserInfo.Length == 0 && uri.Query.Length == 0)
            s3 = new(ObjectsAddress.Parse(root, ""), clock);
        else
            throw No(root, "which only that server's machine, or another program, can write.");
    }

    /// <param name="path">Below the root, with /.</param>
    public Task Put(string path, Func<Stream> content, CancellationToken cancel) => s3 is not null
        ? s3.PutNamed(path, content, cancel)
        : client.Upload($"{through}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}", content, cancel);

    private static ProblemException No(string root, string why) => new(new(
        "mlflow/artifacts", $"Files would go to {root}, {why}", "Start the MLflow server with --serve-artifacts and make the experiment anew, or send without files: --no-files."));
}
