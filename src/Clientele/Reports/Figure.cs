namespace Clientele.Reports;

/// <summary>A chart whose content is the table of its numbers. The script draws what the table says and folds it away; without the script, the table is what one sees.</summary>
/// <param name="Id">Of the element: lower case, unique on the page.</param>
/// <param name="Kind">What the script draws: see <c>report.js</c>.</param>
/// <param name="Title">States the finding.</param>
/// <param name="Note">Units, n, how to read it.</param>
internal sealed record Figure(string Id, string Kind, string Title, string Note)
{
    /// <summary>A value that is to be reached or kept, drawn as a line; with its name.</summary>
    public (double Value, string Name)? Floor { get; init; }
    /// <summary>A row that is marked: the k in use.</summary>
    public string? Marked { get; init; }
    /// <summary>What stands on the mark, if not "in use".</summary>
    public string? MarkName { get; init; }
    /// <summary>Stands before the numbers of an axis: a sign of money. Null: they are percentages or plain.</summary>
    public string? Unit { get; init; }
    /// <summary>What the horizontal axis counts.</summary>
    public string? Axis { get; init; }

    public void Write(HtmlWriter page, Action table)
    {
        page.Write($"""<figure class="chart" id="{Id}" data-chart="{Kind}" """);
        if (Floor is { } floor)
            page.Write($"""data-floor="{floor.Value}" data-floor-name="{floor.Name}" """);
        if (Marked is not null)
            page.Write($"""data-marked="{Marked}" """);
        if (MarkName is not null)
            page.Write($"""data-mark-name="{MarkName}" """);
        if (Unit is not null)
            page.Write($"""data-unit="{Unit}" """);
        if (Axis is not null)
            page.Write($"""data-axis="{Axis}" """);
        page.Write($"""
            aria-labelledby="{Id}-title"><figcaption><h3 id="{Id}-title">{Title}</h3><p>{Note}</p></figcaption>
            <details open><summary>Show numbers</summary>
            """);
        Scroll(page, Title, table);
        page.Write($"</details></figure>\n");
    }

    /// <summary>A box of its own for what may be wider than the page; reachable by keyboard, so that it can be scrolled.</summary>
    public static void Scroll(HtmlWriter page, string name, Action content)
    {
        page.Write($"""<div class="scroll" tabindex="0" role="region" aria-label="{name}: table">""");
        content();
        page.Write($"</div>\n");
    }
}
