using Clientele.Problems;

namespace Clientele.Server;

/// <summary>A request that cannot be answered: why, and every field that is wrong.</summary>
internal sealed class RequestException(int status, Problem problem, IReadOnlyList<FieldProblem> fields) : Exception(problem.ToString())
{
    public int Status => status;
    public Problem Problem => problem;
    public IReadOnlyList<FieldProblem> Fields => fields;
}

/// <param name="Pointer">Where in the body, as a JSON pointer: <c>/customers/3/features/spend</c>.</param>
/// <param name="Detail">What is wrong with it.</param>
internal sealed record FieldProblem(string Pointer, string Detail);
