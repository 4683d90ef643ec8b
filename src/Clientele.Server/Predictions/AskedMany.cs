using Clientele.Server.Json;
using Clientele.Server.Models;

namespace Clientele.Server.Predictions;

/// <summary>The customers of a request, each with the version that answers.</summary>
internal sealed class AskedMany
{
    private readonly List<Part> parts = [];
    private readonly List<int> order = [];

    public int Count => order.Count;

    /// <summary>In the order in which they were sent: which of <see cref="Parts"/> a customer stands in.</summary>
    public IReadOnlyList<int> Order => order;

    public IReadOnlyList<AskedCustomers> Parts() => [.. parts.Select(part => new AskedCustomers(part.Model, part.Customers, part.Rows.ToMatrix()))];

    /// <summary>Where the features of the next customer go whom a version answers.</summary>
    /// <exception cref="RequestException"><c>limits/rows</c>.</exception>
    public Span<double> NextRow(ServedModel model)
    {
        RowList.Check(Count);
        int at = parts.FindIndex(part => part.Model == model);
        if (at < 0)
        {
            at = parts.Count;
            parts.Add(new(model, [], new(model.Features.Names.Count)));
        }
        order.Add(at);
        return parts[at].Rows.Next();
    }

    /// <summary>After <see cref="NextRow"/>, whose they are.</summary>
    public void Add(AskedCustomer customer) => parts[order[^1]].Customers.Add(customer);

    private sealed record Part(ServedModel Model, List<AskedCustomer> Customers, RowList Rows);
}
