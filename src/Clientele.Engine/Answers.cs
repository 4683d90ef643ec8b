using System.Globalization;

namespace Clientele.Engine;

/// <summary>Failures as ClickHouse's HTTP interface gives them.</summary>
internal static class Answers
{
    public static Task Fail(this HttpResponse response, EngineError error)
    {
        response.StatusCode = error.Status;
        response.ContentType = "text/plain; charset=UTF-8";
        response.Headers["X-ClickHouse-Exception-Code"] = error.Code.ToString(CultureInfo.InvariantCulture);
        return response.WriteAsync(error.Text + "\n");
    }
}
