namespace Clientele.Engine;

/// <summary>
/// Threads that call the engine, made when needed and kept for ever: every new thread that calls it costs two memory mappings
/// which the engine does not give back when the thread ends, and after 32,000 of them Linux gives no more.
/// </summary>
internal sealed class EngineThreads(int most)
{
    private readonly Queue<Action> waiting = new();
    private int idle;
    private int count;

    /// <summary>Runs work that may block for long, at once or when a thread is free.</summary>
    public Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (waiting)
        {
            waiting.Enqueue(() =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception failed)
                {
                    done.SetException(failed);      // thrown again where the caller awaits
                }
            });
            if (waiting.Count > idle && count < most)
            {
                count++;
                new Thread(Work) { IsBackground = true, Name = $"engine {count}" }.Start();
            }
            Monitor.Pulse(waiting);
        }
        return done.Task;
    }

    private void Work()
    {
        while (true)
        {
            Action next;
            lock (waiting)
            {
                idle++;
                while (!waiting.TryDequeue(out next!))
                    Monitor.Wait(waiting);
                idle--;
            }
            next();
        }
    }
}
