using System.Buffers;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Challengers;

/// <summary>Which version answers a request for predictions. The answer names it in a header, in whatever words its body is.</summary>
internal static class Answering
{
    public const string Header = "Model-Version";

    /// <summary>Who answers a request that asks about one customer, or about nobody by name.</summary>
    public static ServedModel One(HttpContext context, ServedModels models, in ReadOnlySequence<byte> body)
    {
        var lineup = models.Lineup;
        return lineup.Canary.Model is { } canary && Falls(lineup, canary, Share.Of(body)) ? Named(context, canary) : Named(context, lineup.Champion);
    }

    /// <summary>Who answers each of the customers of a request.</summary>
    /// <returns>By the customer's place in the request, from 0; any other place: who answers the request as a whole.</returns>
    public static Func<int, ServedModel> Each(HttpContext context, ServedModels models, in ReadOnlySequence<byte> body)
    {
        var lineup = models.Lineup;
        var champion = lineup.Champion;
        if (lineup.Canary.Model is { } canary)
        {
            bool[] falls = [.. Share.OfEach(body).Select(asked => Falls(lineup, canary, asked))];
            if (falls.All(one => one) && falls.Length > 0)
                champion = canary;
            else if (falls.Any(one => one))
            {
                Named(context, champion);
                context.Features.Set(new Beside(canary));
                context.Response.Headers[Header] = $"{champion.VersionText}, {canary.VersionText}";
                return i => i >= 0 && i < falls.Length && falls[i] ? canary : champion;
            }
        }
        Named(context, champion);
        return _ => champion;
    }

    /// <summary>Who answered a request; nobody: it did not come so far.</summary>
    public static (ServedModel? Model, ServedModel? Other) Who(HttpContext context) => (context.Features.Get<ServedModel>(), context.Features.Get<Beside>()?.Model);

    /// <summary>Who answers because it was asked for.</summary>
    public static ServedModel Named(HttpContext context, ServedModel model)
    {
        context.Features.Set(model);
        context.Response.Headers[Header] = model.VersionText;
        return model;
    }

    // Nobody is worse off for being tried on: whom only the champion knows, the champion answers.
    private static bool Falls(Lineup lineup, ServedModel canary, (double Place, string? Customer) asked) =>
        asked.Place < lineup.Percent && (asked.Customer is not { } customer || canary.Customers.Knows(customer) || !lineup.Champion.Customers.Knows(customer));

    private sealed record Beside(ServedModel Model);
}
