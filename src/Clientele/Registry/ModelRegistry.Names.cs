using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Registry;

public sealed partial class ModelRegistry
{
    /// <summary>Gives a version a name of the user's own, or moves one that another version has.</summary>
    /// <exception cref="ProblemException"><c>models/champion</c>: that name goes through the gates. <c>models/name</c>: it is no name. <c>models/unknown</c>, <c>models/deleted</c>.</exception>
    public Task<NameChange> Name(string model, string name, long version, Act by, CancellationToken cancel = default) => store.Write(async session =>
    {
        var change = await Naming(session, model, name, version);
        await Move(session, model, name, version, by, AuditActions.Moved);
        return change;
    }, cancel);

    /// <summary>What <see cref="Name"/> would do; it refuses the same.</summary>
    public Task<NameChange> PreviewName(string model, string name, long version, CancellationToken cancel = default) => store.Read(session => Naming(session, model, name, version), cancel);

    /// <summary>Takes a name away. The version stays.</summary>
    /// <exception cref="ProblemException"><c>models/champion</c>: a model without a champion serves nobody. <c>models/alias</c>: nothing is called so.</exception>
    public Task<NameChange> Unname(string model, string name, Act by, CancellationToken cancel = default) => store.Write(async session =>
    {
        var change = await Unnaming(session, model, name);
        await Remove(session, model, name, by);
        return change;
    }, cancel);

    /// <summary>What <see cref="Unname"/> would do; it refuses the same.</summary>
    public Task<NameChange> PreviewUnname(string model, string name, CancellationToken cancel = default) => store.Read(session => Unnaming(session, model, name), cancel);

    private static async Task<NameChange> Naming(StoreSession session, string model, string name, long version)
    {
        CheckAlias(name);
        if (IsChampion(name))
            throw new ProblemException(new("models/champion", "Which version is the champion is decided at the gates.", $"Promote it: clientele models promote {version} --reason \"why\"."));
        await Usable(session, model, version);
        return new(model, name, await Current(session, model, name), version);
    }

    private static async Task<NameChange> Unnaming(StoreSession session, string model, string name)
    {
        if (IsChampion(name))
            throw new ProblemException(new("models/champion", "The champion serves; its name cannot be taken away.", "Make another version champion: clientele models promote, or rollback."));
        return new(model, name, await Current(session, model, name) ?? throw NotCalled(model, name), null);
    }

    private static bool IsChampion(string name) => name.Equals(Champion, StringComparison.OrdinalIgnoreCase);

    private static ProblemException NotCalled(string model, string name) => new(new("models/alias", $"No version of {model} is called '{name}'.", "List them: clientele models list."));

    private static void CheckName(string model)
    {
        if (model.Length is 0 or > 250 || !model.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new ProblemException(new("models/name", $"'{model}' is no name for a model.", "Use letters, digits, - _ and dots, 250 at most."));
    }

    // The rules of MLflow's registry, so that every alias can be sent there; and a number alone is a version.
    private static void CheckAlias(string alias)
    {
        bool fits = alias.Length is > 0 and <= 255 && alias.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') && !alias.All(char.IsAsciiDigit);
        if (!fits || alias.Equals("latest", StringComparison.OrdinalIgnoreCase) || (alias[0] is 'v' or 'V' && alias.Length > 1 && alias.Skip(1).All(char.IsAsciiDigit)))
            throw new ProblemException(new("models/name", $"'{alias}' is no name for a version.", "Use letters, digits, - and _, 255 at most, not digits alone; 'latest' and v1, v2 … are taken."));
    }
}
