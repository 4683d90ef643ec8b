using System.Diagnostics;

namespace Clientele.Pipeline;

/// <summary>Which step a run is in, and how long the steps before took.</summary>
internal sealed class StepClock(IProgress<StepProgress>? progress) : IProgress<string>
{
    private readonly Dictionary<string, double> seconds = [];
    private readonly Stopwatch watch = new();
    private string step = "";

    /// <summary>Seconds by step, in their order.</summary>
    public IReadOnlyDictionary<string, double> Seconds => seconds;

    public void Begin(string name)
    {
        step = name;
        watch.Restart();
        Report("…");
    }

    /// <summary>What the current step is at.</summary>
    public void Report(string value) => progress?.Report(new(step, value));

    public void End(string outcome) => End(outcome, cached: false);

    /// <summary>The step was not done: what it left before was taken.</summary>
    public void Cached(string outcome) => End(outcome, cached: true);

    private void End(string outcome, bool cached)
    {
        seconds[step] = Math.Round(watch.Elapsed.TotalSeconds, 3);
        progress?.Report(new(step, outcome, Done: true, cached));
    }
}
