namespace Clientele.Learning;

/// <param name="Step">What is being done, for people: "reference sets", "resamples" …</param>
/// <param name="Done">Pieces of it done, of <paramref name="Total"/>.</param>
public sealed record StudyProgress(string Step, int Done, int Total);

/// <summary>Counts pieces of work done by several threads.</summary>
internal sealed class StudySteps(IProgress<StudyProgress>? progress)
{
    private readonly Lock gate = new();
    private string step = "";
    private int done, total;

    public void Begin(string name, int pieces) => (step, done, total) = (name, 0, pieces);

    public void Tick()
    {
        if (progress is null)
            return;
        lock (gate)
            progress.Report(new(step, ++done, total));
    }
}
