using Clientele.Lifetime;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Models;

/// <summary>What it takes to value customers from raw orders. A <see cref="ModelBundle"/> of a run that valued its customers holds the same two files.</summary>
public sealed record ValuationBundle(WorkspaceSettings Settings, CustomerValuation Valuation)
{
    /// <inheritdoc cref="SingleModelBundle.Files"/>
    public IReadOnlyDictionary<string, byte[]> Files() => SingleModelBundle.Files(Settings, ModelBundle.ValuationName, Valuation);

    /// <exception cref="ProblemException">There is no valuation, it is of a later schema, or a file is not what its digest says.</exception>
    public static ValuationBundle Load(string folder)
    {
        var (settings, valuation) = SingleModelBundle.Load<CustomerValuation>(folder, ModelBundle.ValuationName,
            new("models/missing", "This workspace has no lifetime model yet.", "Make one: clientele lifetime fit DIR, or clientele run DIR."), "Make it again: clientele lifetime fit DIR.");
        return new(settings, valuation);
    }
}
