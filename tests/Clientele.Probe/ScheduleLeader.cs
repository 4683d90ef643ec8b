using System.Globalization;
using Clientele.Schedules;
using Clientele.Storage;
using Clientele.Tests.Kills;
using Clientele.Tracking;

namespace Clientele.Probe;

/// <summary>A scheduler in a process of its own, to be killed or frozen. It tells what it does, a line each.</summary>
internal static class ScheduleLeader
{
    /// <param name="leases">Clock of leases and runs: its start, and how fast it goes.</param>
    /// <param name="due">Clock by which runs are due.</param>
    /// <param name="work">How long the work of a run takes, ms.</param>
    public static async Task<int> Run(string store, string leases, string due, string work)
    {
        await using var opened = await Store.Open(StoreAddress.Parse(store, ""), FastClock.Parse(leases));
        var book = new ScheduleBook(opened, "shop", FastClock.Parse(due));
        var pause = TimeSpan.FromMilliseconds(int.Parse(work, CultureInfo.InvariantCulture));
        using var stop = new CancellationTokenSource();
        using var told = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        await new Scheduler(book, new Runs(opened), new(opened, "scheduler of shop", TimeSpan.FromSeconds(15)), async (due, _) =>
        {
            await Task.Delay(pause, CancellationToken.None);
            await due.Held.Log(LogLevel.Information, "worked", cancel: CancellationToken.None);
            await due.Held.End(RunState.Completed, cancel: CancellationToken.None);
            return new(RunState.Completed);
        }, new(TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(20)), news: new Lines()).Run(stop.Token);
        return 0;
    }

    private sealed class Lines : IProgress<SchedulerNews>
    {
        public void Report(SchedulerNews value) => Console.WriteLine($"{value.What} {value.Run}");
    }
}
