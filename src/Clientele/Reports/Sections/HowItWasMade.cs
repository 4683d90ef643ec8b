using Clientele.Segments;

namespace Clientele.Reports.Sections;

/// <summary>The settings that lead to the same page again. Nothing of the machine or of the hour.</summary>
internal static class HowItWasMade
{
    public static void Write(HtmlWriter page, Story story)
    {
        var (settings, segmentation) = (story.Data.Settings, story.Segmentation);
        var columns = segmentation.Features.Columns;
        page.Write($"""
            <h2 id="made-heading">How it was made</h2>
            <p class="intro">The same orders with these settings give the same page, byte for byte.</p><dl class="made">
            """);
        Item("Sources", string.Join(", ", settings.Sources.SelectMany(source => source.Files).Select(Path.GetFileName)));
        Item("Reference date", Figures.Day(segmentation.Features.ReferenceDate));
        Item("Feature set", settings.Features.Set);
        Item("Compared by", string.Join(", ", segmentation.ClusteredColumns.Select(column => columns[column].Label)));
        Item("Outliers", settings.Outliers.Share == 0 ? "all customers are in the fit"
            : $"the {Figures.Percent(settings.Outliers.Share)} with the highest isolation-forest score ({settings.Outliers.Trees} trees) are left out of the fit and assigned afterwards");
        Item("Preparation", $"transform: {settings.Preparation.Transform}; scale: {settings.Preparation.Scale}; "
            + (settings.Preparation.Variance == 0 ? "no principal components" : $"principal components for at least {Figures.Percent(settings.Preparation.Variance, 0)} of variance"));
        Item("Grouping", settings.Segmentation.Model == "ward" ? ClusterModels.Title(settings.Segmentation.Model) : $"{ClusterModels.Title(settings.Segmentation.Model)}, {settings.Segmentation.Restarts} restarts");
        Item("Natural groups", $"1 to {settings.Segmentation.MaxNaturalGroups} studied");
        Item("Segments of use", $"{settings.Segmentation.MinSegments} to {settings.Segmentation.MaxSegments} studied, {settings.Segmentation.Resamples} resamples each; at least {Figures.Percent(settings.Segmentation.MinShare)} of customers and a Jaccard of {Figures.Number(settings.Segmentation.MinJaccard, 2)}");
        Item("Seed", $"{settings.Seed}");
        Item("Version", $"Clientele {story.Data.Version}");
        page.Write($"</dl>");

        void Item(string name, string value) => page.Write($"<div><dt>{name}</dt><dd>{value}</dd></div>");
    }
}
