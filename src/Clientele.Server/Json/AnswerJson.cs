using System.Text.Json.Serialization;
using Clientele.Server.Operations;
using Clientele.Server.Predictions;
using Clientele.Server.Published;

namespace Clientele.Server.Json;

/// <summary>How answers look as JSON. Generated: nothing is found out while a request waits.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ReadyAnswer))]
[JsonSerializable(typeof(PredictionRequest))]
[JsonSerializable(typeof(PredictionAnswer))]
[JsonSerializable(typeof(ManyPredictionsRequest))]
[JsonSerializable(typeof(ManyPredictionsAnswer))]
[JsonSerializable(typeof(InstancesRequest))]
[JsonSerializable(typeof(ClustersAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
