using System.Globalization;
using Clientele.Features;
using Clientele.Lifetime;
using Clientele.Server.Customers;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Clientele.Sources;

namespace Clientele.Server.Predictions;

/// <summary>Whom a request asks about, and in which of three ways: by features, by orders, or as a customer that the model's run knew.</summary>
/// <param name="Id">Echoed; null: none was sent.</param>
/// <param name="Known">Null: not asked about as a known customer.</param>
/// <param name="Past">What tells a value; null: it was not sent, or the model values nobody.</param>
internal readonly record struct AskedCustomer(string? Id, KnownCustomer? Known, CustomerPast? Past)
{
    /// <summary>The features that raw orders come to, as in training.</summary>
    /// <returns>What tells a value; null: nothing was bought, or the model values nobody.</returns>
    public static CustomerPast? FromOrders(ServedModel model, string? id, IReadOnlyList<OrderLine> lines, DateOnly? asOf, Span<double> row, FieldProblems problems, string pointer)
    {
        string customer = id is { Length: > 0 } ? id : "customer";
        var described = CustomerOrders.Of(customer, lines, model.Recipe, asOf);
        foreach (var (line, fault) in described.Faults)
        {
            var (_, reason, remedy) = fault.Words();
            problems.Add($"{pointer}/{line}", $"{reason} {remedy}");
        }
        if (described.Faults.Count > 0)
            return null;
        if (described.Kept == 0)
        {
            problems.Add(pointer, "No line of these counts: the cleaning rules that the model was made with remove all of them, or they are later than 'as_of'.");
            return null;
        }
        for (int i = 0; i < row.Length; i++)
            row[i] = described.Values[model.FromRecipe[i]];
        return model.Valuation is null ? null : CustomerPast.Of(customer, described);
    }

    /// <summary>The features that the model's run found.</summary>
    public static void FromRun(ServedModel model, KnownCustomer known, Span<double> row)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = double.Parse(known.Assigned[model.Features.Names[i]], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
