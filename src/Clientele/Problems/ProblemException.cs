namespace Clientele.Problems;

/// <summary>Carries a <see cref="Problem"/> from where it is understood to the edge that shows it.</summary>
public sealed class ProblemException(Problem problem, Exception? inner = null) : Exception(problem.ToString(), inner)
{
    public Problem Problem { get; } = problem;
}
