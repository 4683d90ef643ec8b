using System.Text.Json;
using Clientele.Pipeline;

namespace Clientele.Cli;

/// <summary>What <c>run --dry-run</c> says.</summary>
internal static class RunPlanText
{
    public static void Write(TextWriter output, RunPlan plan, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(plan, RunJson.Options));
            return;
        }
        foreach (var step in plan.Steps)
            output.WriteLine($"  {step.Step,-17}{(step.Cached ? "cached" : "would be done"),-16}{step.Why}");
    }
}
