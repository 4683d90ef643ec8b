using Clientele.Artifacts;
using Clientele.Learning;
using Clientele.Models;
using Clientele.Segments;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Divides customers into segments, and leaves the model that assigns new ones.</summary>
internal sealed class SegmentStep(WorkspaceSettings settings) : IStep
{
    public const string StepName = "segment";
    public static readonly Artifact<SegmentModel> Model = new(StepName, "model.bin", SegmentModelFile.Write, SegmentModelFile.Read);
    private static readonly Artifact<SegmentationParts> Parts = Artifact<SegmentationParts>.Json(StepName, "segmentation.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [FeaturesStep.StepName];
    public object Settings => new { settings.Seed, settings.Outliers, Scaling = settings.Preparation, settings.Segmentation };

    /// <summary>Who belongs where, as this step left it.</summary>
    public static Segmentation Segmentation(RunResults run)
    {
        var parts = run.Read(Parts);
        return new(run.Read(FeaturesStep.Table), parts.Clusters, parts.Labels, parts.Distances, parts.SecondNearest, parts.Outliers, parts.Positions,
            parts.ClusteredColumns, parts.Natural, parts.Recommended, parts.Quality);
    }

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        var released = run.Results.ReleaseEngineMemory(cancel);        // the engine has nothing to do meanwhile, and kept what cleaning took
        var (segmentation, model) = Segmenter.Segment(run.Read(FeaturesStep.Table), settings, run.Threads, run.Progress, cancel);
        await released;
        run.Leave(Parts, new(
            segmentation.Clusters, segmentation.Labels, segmentation.Distances, segmentation.SecondNearest, segmentation.Outliers, segmentation.Positions,
            segmentation.ClusteredColumns, segmentation.Natural, segmentation.Recommended, segmentation.Quality));
        run.Leave(Model, model);
        return $"{segmentation.Clusters} segments";
    }

    // All of a segmentation but the features, which are an artifact of their own.
    private sealed record SegmentationParts(
        int Clusters, IReadOnlyList<int> Labels, IReadOnlyList<double> Distances, IReadOnlyList<int> SecondNearest, IReadOnlyList<bool> Outliers, Matrix Positions,
        IReadOnlyList<int> ClusteredColumns, NaturalGroups Natural, RecommendedSegments Recommended, IReadOnlyList<SegmentQuality> Quality);
}
