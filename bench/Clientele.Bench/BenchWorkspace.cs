namespace Clientele.Bench;

/// <summary>Changes to a workspace that was just initialised.</summary>
internal static class BenchWorkspace
{
    /// <summary>Customers are not valued.</summary>
    public static void LeaveLifetimeOut(string folder)
    {
        string path = Path.Combine(folder, "clientele.yaml"), text = File.ReadAllText(path);
        int lifetime = text.IndexOf("lifetime:\n", StringComparison.Ordinal), outputs = text.IndexOf("outputs:\n", StringComparison.Ordinal);
        File.WriteAllText(path, $"{text[..lifetime]}lifetime: off\n\n{text[outputs..]}");
    }
}
