using Clientele.Lifetime;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Models;

/// <summary>System 002's model. A <see cref="ModelBundle"/> of a run that learned it holds the same two files.</summary>
public sealed record PublishedBundle(WorkspaceSettings Settings, PublishedModel Model)
{
    /// <inheritdoc cref="SingleModelBundle.Files"/>
    public IReadOnlyDictionary<string, byte[]> Files() => SingleModelBundle.Files(Settings, ModelBundle.PublishedName, Model);

    /// <exception cref="ProblemException">There is no such model, it is of a later schema, or a file is not what its digest says.</exception>
    public static PublishedBundle Load(string folder)
    {
        string fit = $"clientele lifetime fit DIR --model {PublishedModel.Name}.";
        var (settings, model) = SingleModelBundle.Load<PublishedModel>(folder, ModelBundle.PublishedName,
            new("models/missing", $"This workspace has no model {PublishedModel.Name} yet.", $"Make it: {fit}"), $"Make it again: {fit}");
        return new(settings, model);
    }
}
