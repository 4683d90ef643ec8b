namespace Clientele.Server.Predictions;

/// <param name="Id">Echoed; left out: none was sent.</param>
/// <param name="Features">By name, as <c>GET /api/v1/model</c> lists them.</param>
internal sealed record PredictionRequest(string? Id, IReadOnlyDictionary<string, double>? Features);

/// <param name="Customers">Each as in a request for one.</param>
internal sealed record ManyPredictionsRequest(IReadOnlyList<PredictionRequest> Customers);

/// <param name="Distance">To the segment, as the model measures it.</param>
/// <param name="Confidence">½ … 1: half on the border to the second nearest segment.</param>
/// <param name="Outlier">Unlike the customers that the model learned from.</param>
internal sealed record PredictionAnswer(
    string? Id, int Segment, string Persona, double Distance, double Confidence, SecondNearestAnswer SecondNearest, bool Outlier, string Model, long ModelVersion);

internal sealed record SecondNearestAnswer(int Segment, string Persona, double Distance);

internal sealed record ManyPredictionsAnswer(string Model, long ModelVersion, IReadOnlyList<PredictionAnswer> Predictions);
