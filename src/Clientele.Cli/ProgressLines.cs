using System.Diagnostics;
using Clientele.Pipeline;

namespace Clientele.Cli;

/// <summary>
/// Progress on stderr: on a terminal the current step is one line that rewrites itself, elsewhere a line stands for every finished step.
/// </summary>
internal sealed class ProgressLines(TextWriter output, bool draw, bool color) : IProgress<StepProgress>, IDisposable
{
    private readonly Stopwatch step = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private string current = "";
    private long lastDrawn;
    private bool open;

    /// <summary>As stderr and the environment ask for it; quiet: none.</summary>
    public static ProgressLines ForConsole(bool quiet)
    {
        bool terminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        bool color = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new(quiet ? TextWriter.Null : Console.Error, terminal && !quiet, color);
    }

    public void Report(StepProgress value)
    {
        lock (gate)
        {
            if (value.Step != current)
                step.Restart();
            current = value.Step;
            if (value.Done)
            {
                Erase();
                output.WriteLine($"  {Mark("✓", 32)} {value.Step,-17}{value.Detail,-54} {(value.Cached ? " cached" : $"{step.Elapsed.TotalSeconds,5:0.0} s")}");
            }
            else if (draw && (step.ElapsedMilliseconds - lastDrawn is > 80 or < 0 || !open))
            {
                Erase();
                output.Write($"  {Mark("●", 36)} {value.Step,-17}{value.Detail}");
                (open, lastDrawn) = (true, step.ElapsedMilliseconds);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
            Erase();
    }

    private void Erase()
    {
        if (open)
            output.Write("\r\u001b[2K");
        open = false;
    }

    private string Mark(string sign, int code) => color ? $"\u001b[{code}m{sign}\u001b[0m" : sign;
}
