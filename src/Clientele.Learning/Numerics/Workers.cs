using System.Runtime.ExceptionServices;

namespace Clientele.Learning;

/// <summary>Runs independent tasks. Each stores its result under its own index, so who ran it leaves no trace.</summary>
internal static class Workers
{
    /// <param name="threads">At most this many at once; 0: as many as there are cores.</param>
    public static void Run(int tasks, int threads, Action<int> task, CancellationToken cancel = default)
    {
        int most = Count(threads);
        if (most == 1 || tasks == 1)
        {
            for (int i = 0; i < tasks; i++)
            {
                cancel.ThrowIfCancellationRequested();
                task(i);
            }
            return;
        }
        // An explicit queue of single tasks: they differ in length, and ranges would leave one worker with all the long ones.
        int next = -1;
        try
        {
            Parallel.For(0, Math.Min(most, tasks), new() { MaxDegreeOfParallelism = most, CancellationToken = cancel }, _ =>
            {
                for (int i = Interlocked.Increment(ref next); i < tasks; i = Interlocked.Increment(ref next))
                {
                    cancel.ThrowIfCancellationRequested();
                    task(i);
                }
            });
        }
        catch (AggregateException failed)
        {
            // What one thread would have thrown.
            ExceptionDispatchInfo.Throw(failed.InnerExceptions[0]);
        }
    }

    public static int Count(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        return threads == 0 ? Environment.ProcessorCount : threads;
    }
}
