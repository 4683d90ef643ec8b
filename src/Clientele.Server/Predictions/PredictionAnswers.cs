using Clientele.Server.Customers;

namespace Clientele.Server.Predictions;

/// <summary>Whom it is about: exactly one of <paramref name="Features"/>, <paramref name="Orders"/> and <paramref name="Customer"/>.</summary>
/// <param name="Id">Echoed.</param>
/// <param name="Features">By name, as <c>GET /api/v1/model</c> lists them.</param>
/// <param name="Lifetime">Beside <paramref name="Features"/>, to be told a value as well: numbers by name, as <c>GET /api/v1/model</c> lists them.</param>
/// <param name="Orders">All of the customer's order lines; features are made of them as in training.</param>
/// <param name="AsOf">Reference date of <paramref name="Orders"/>, lines on it count; left out: the later of the model's and the day of the last line.</param>
/// <param name="Customer">Id of a customer that the model's run assigned.</param>
internal sealed record PredictionRequest(
    string? Id, IReadOnlyDictionary<string, double>? Features, IReadOnlyDictionary<string, double>? Lifetime, IReadOnlyList<OrderLineRequest>? Orders, DateOnly? AsOf, string? Customer);

/// <param name="OrderedAt">Wall time, as in <c>2011-12-01T08:26:00</c>.</param>
/// <param name="Quantity">Returns are negative.</param>
/// <param name="Price">Of one unit.</param>
/// <param name="LineTotal">Of the whole line, where the workspace's source has that in place of a price.</param>
internal sealed record OrderLineRequest(string? Invoice, string OrderedAt, string? Product, string? Description, long? Quantity, decimal? Price, decimal? LineTotal, string? Country);

/// <param name="Customers">Each as in a request for one.</param>
internal sealed record ManyPredictionsRequest(IReadOnlyList<PredictionRequest> Customers);

/// <param name="Distance">To the segment, as the model measures it.</param>
/// <param name="Confidence">½ on the border to the second nearest segment, 1 at the heart of the own; of a mixture, the probability of the segment.</param>
/// <param name="Outlier">Unlike the customers that the model learned from.</param>
/// <param name="Reasons">What speaks most for the segment or against it, most first; empty where the model's distances have no such parts.</param>
/// <param name="Value">What the customer will be worth, where the model's run valued customers: of orders, of a known customer, and of features with <c>lifetime</c> beside them.</param>
internal sealed record PredictionAnswer(
    string? Id, int Segment, string Persona, double Distance, double Confidence, SecondNearestAnswer SecondNearest, bool Outlier, IReadOnlyList<ReasonAnswer> Reasons, ValueAnswer? Value,
    string? Model, long? ModelVersion);

internal sealed record SecondNearestAnswer(int Segment, string Persona, double Distance);

/// <param name="Pull">Above 0 it speaks for the segment, below 0 for the second nearest; all features' add up to the difference of the squared distances.</param>
internal sealed record ReasonAnswer(string Feature, string Label, double Value, double Pull);

internal sealed record ManyPredictionsAnswer(string Model, long ModelVersion, IReadOnlyList<PredictionAnswer> Predictions);
