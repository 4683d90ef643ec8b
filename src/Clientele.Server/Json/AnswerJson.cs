using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Clientele.Server.Batches;
using Clientele.Server.Challengers;
using Clientele.Server.Customers;
using Clientele.Server.Inference;
using Clientele.Server.Invocations;
using Clientele.Server.Models;
using Clientele.Server.Operations;
using Clientele.Server.Predictions;
using Clientele.Server.Published;
using Clientele.Server.Runs;
using Clientele.Server.Segments;
using Microsoft.AspNetCore.Mvc;

namespace Clientele.Server.Json;

/// <summary>How answers look as JSON. Generated: nothing is found out while a request waits.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ReadyAnswer))]
[JsonSerializable(typeof(PredictionRequest))]
[JsonSerializable(typeof(PredictionAnswer))]
[JsonSerializable(typeof(ManyPredictionsRequest))]
[JsonSerializable(typeof(ManyPredictionsAnswer))]
[JsonSerializable(typeof(LookupRequest))]
[JsonSerializable(typeof(CustomerAnswer))]
[JsonSerializable(typeof(ValueAnswer))]
[JsonSerializable(typeof(SegmentsAnswer))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ServedModelAnswer))]
[JsonSerializable(typeof(ModelsAnswer))]
[JsonSerializable(typeof(ModelAnswer))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(PromoteRequest))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(IReadOnlyList<GateAnswer>))]
[JsonSerializable(typeof(ChampionAnswer))]
[JsonSerializable(typeof(NameRequest))]
[JsonSerializable(typeof(NameAnswer))]
[JsonSerializable(typeof(CanaryAnswer))]
[JsonSerializable(typeof(ShadowAnswer))]
[JsonSerializable(typeof(RunsAnswer))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(LifetimeValueAnswer))]
[JsonSerializable(typeof(InferenceServer))]
[JsonSerializable(typeof(InferenceLive))]
[JsonSerializable(typeof(InferenceReady))]
[JsonSerializable(typeof(InferenceModelReady))]
[JsonSerializable(typeof(InferenceModel))]
[JsonSerializable(typeof(InferenceRequest))]
[JsonSerializable(typeof(InferenceAnswer))]
[JsonSerializable(typeof(InferenceError))]
[JsonSerializable(typeof(InvocationsRequest))]
[JsonSerializable(typeof(InvocationsAnswer))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(InstancesRequest))]
[JsonSerializable(typeof(ClustersAnswer))]
[JsonSerializable(typeof(BatchOrder))]
[JsonSerializable(typeof(BatchStanding))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(BatchesAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
