using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Json;

/// <summary>Everything that is wrong with a body, so that its sender learns all of it at once.</summary>
internal sealed class FieldProblems
{
    private const int Most = 100;

    private readonly List<FieldProblem> all = [];

    public bool None => all.Count == 0;

    public void Add(string pointer, string detail)
    {
        if (all.Count < Most)
            all.Add(new(pointer, detail));
    }

    /// <exception cref="RequestException"><c>request/fields</c>: there was something.</exception>
    public void Refuse()
    {
        if (all.Count > 0)
            throw new RequestException(StatusCodes.Status400BadRequest,
                new("request/fields", all.Count == 1 ? "A field of the request is wrong." : $"{all.Count}{(all.Count == Most ? " or more" : "")} fields of the request are wrong.", "Each of 'errors' says where and why."), all);
    }
}
