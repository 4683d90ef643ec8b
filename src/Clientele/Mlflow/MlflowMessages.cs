namespace Clientele.Mlflow;

// What goes over the wire, by the names of MLflow's REST API 2.0.

internal sealed record MlflowPair(string Key, string Value);

/// <param name="Timestamp">ms since 1970 UTC.</param>
internal sealed record MlflowMetric(string Key, double Value, long Timestamp, long Step);

internal sealed record MlflowExperiment(string ExperimentId, string Name, string? LifecycleStage, long? CreationTime);

internal sealed record MlflowRun(MlflowRunInfo Info, MlflowRunData? Data, MlflowRunInputs? Inputs, MlflowRunOutputs? Outputs);

internal sealed record MlflowRunInfo(string RunId, string? ArtifactUri, string? LifecycleStage);

internal sealed record MlflowRunData(IReadOnlyList<MlflowMetric>? Metrics, IReadOnlyList<MlflowPair>? Params, IReadOnlyList<MlflowPair>? Tags);

internal sealed record MlflowRunInputs(IReadOnlyList<MlflowDatasetInput>? DatasetInputs);

internal sealed record MlflowDatasetInput(IReadOnlyList<MlflowPair> Tags, MlflowDataset Dataset);

internal sealed record MlflowDataset(string Name, string Digest, string SourceType, string Source);

internal sealed record MlflowRunOutputs(IReadOnlyList<MlflowModelOutput>? ModelOutputs);

internal sealed record MlflowModelOutput(string ModelId, long Step);

internal sealed record MlflowBatch(string RunId, IReadOnlyList<MlflowMetric> Metrics, IReadOnlyList<MlflowPair> Params, IReadOnlyList<MlflowPair> Tags);

internal sealed record MlflowLoggedModel(MlflowLoggedModelInfo Info);

internal sealed record MlflowLoggedModelInfo(string ModelId, string ArtifactUri, string? Status, IReadOnlyList<MlflowPair>? Tags);

internal sealed record MlflowModelVersion(string Name, string Version, IReadOnlyList<MlflowPair>? Tags);

internal sealed record MlflowRegisteredModel(string Name, IReadOnlyList<MlflowAlias>? Aliases);

internal sealed record MlflowAlias(string Alias, string Version);

// Answers.

internal sealed record ExperimentAnswer(MlflowExperiment? Experiment, string? ExperimentId);

internal sealed record RunAnswer(MlflowRun Run);

internal sealed record RunsAnswer(IReadOnlyList<MlflowRun>? Runs);

internal sealed record HistoryAnswer(IReadOnlyList<MlflowMetric>? Metrics, string? NextPageToken);

internal sealed record LoggedModelAnswer(MlflowLoggedModel Model);

internal sealed record LoggedModelsAnswer(IReadOnlyList<MlflowLoggedModel>? Models);

internal sealed record ModelVersionAnswer(MlflowModelVersion ModelVersion);

internal sealed record ModelVersionsAnswer(IReadOnlyList<MlflowModelVersion>? ModelVersions, string? NextPageToken);

internal sealed record RegisteredModelAnswer(MlflowRegisteredModel RegisteredModel);

internal sealed record NoAnswer;
