using Clientele.Engines;
using Clientele.Segments;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>The tables of order lines in the engine. A step that asks gets them as they are, or made again from artifacts.</summary>
internal sealed class OrderTables(RunResults results)
{
    private enum State { None, Lines, Orders }

    private State state;
    private bool haveSegments;
    private Task copying = Task.CompletedTask;

    /// <summary>The table <c>lines</c> was just read.</summary>
    /// <param name="copied">When it is written down and may go.</param>
    public void HaveLines(Task copied) => (state, copying) = (State.Lines, copied);

    /// <summary>The tables <c>orders</c> and <c>orders_after</c> were just made from <c>lines</c>, which has done its work.</summary>
    /// <param name="copied">When what was kept is written down.</param>
    public async Task HaveOrders(Task copied, CancellationToken cancel)
    {
        state = State.Orders;
        await copying;
        copying = copied;
        var engines = await results.Engines(cancel);
        foreach (var engine in new[] { engines.Reader, engines.Worker }.Distinct())
            await engine.Execute(Sql.Text("DROP TABLE IF EXISTS lines"), cancel: cancel);
    }

    /// <summary>When nothing reads the tables any more but the step that asks.</summary>
    public Task Settled => copying;

    /// <summary>The engine that holds <c>lines</c>.</summary>
    public async Task<EngineClient> Lines(CancellationToken cancel)
    {
        var engines = await results.Engines(cancel);
        if (state != State.Lines)
        {
            long rows = results.Read(IngestStep.Source).Rows;
            if (results.Keeps(IngestStep.StepName, IngestStep.Lines))
                await LineFile.Load(engines.Reader, results.PathOf(IngestStep.StepName, IngestStep.Lines), rows, cancel);
            else
                await ReadAgain(engines.Reader, cancel);
            if (!ReferenceEquals(engines.Reader, engines.Worker))
                await SourceReader.Carry(engines.Reader, engines.Worker, rows, cancel);
            state = State.Lines;
        }
        return engines.Worker;
    }

    private async Task ReadAgain(EngineClient reader, CancellationToken cancel)
    {
        using var plain = PlainSources.Begin(results.Workspace, results.Settings, cancel);
        await SourceReader.Read(reader, results.Workspace, results.Settings, plain, null, cancel);
        await results.Inputs.MustBeUnchanged();
    }

    /// <summary>The engine that holds <c>orders</c> and <c>orders_after</c>.</summary>
    public async Task<EngineClient> Orders(CancellationToken cancel)
    {
        var engines = await results.Engines(cancel);
        if (state != State.Orders)
        {
            var work = await Lines(cancel);
            await results.Read(CleanStep.Kept).Fill(work, cancel);
            await HaveOrders(Task.CompletedTask, cancel);
        }
        return engines.Worker;
    }

    /// <summary>The table <c>segments</c> beside orders: who belongs where.</summary>
    public async Task HaveSegments(Segmentation segmentation, CancellationToken cancel)
    {
        if (!haveSegments)
            await SegmentTable.Create((await results.Engines(cancel)).Worker, new("segments"), segmentation.Features, segmentation.Labels, segmentation.Outliers, cancel);
        haveSegments = true;
    }
}
