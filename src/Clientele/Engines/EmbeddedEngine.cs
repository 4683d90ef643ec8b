using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Clientele.Problems;

namespace Clientele.Engines;

/// <summary>The engine's own process: started on demand, reached by a socket in a private folder, gone when we are.</summary>
internal sealed class EmbeddedEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly EngineFolder folder;
    private readonly Task<string> complaints;
    private int disposed;

    private EmbeddedEngine(Process process, EngineFolder folder)
    {
        (this.process, this.folder, ProcessId) = (process, folder, process.Id);
        complaints = LastWords(process.StandardError);
    }

    /// <summary>Required in the header X-ClickHouse-Key of every request.</summary>
    public string Secret { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public int ProcessId { get; }

    public string Folder => folder.Path;

    public static async Task<EmbeddedEngine> Start(EmbeddedEngineOptions options, CancellationToken cancel)
    {
        var (host, library) = (EngineFiles.Host(), EngineFiles.Library());
        var engine = Start(host);
        try
        {
            await engine.HandOver(library, options, cancel);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<Stream> Connect(CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(folder.Socket), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>What to say when a request found nobody at the other end.</summary>
    public async Task<ProblemException> Ended(Exception inner)
    {
        string words = await complaints.WaitAsync(Patience).ContinueWith(t => t.IsCompletedSuccessfully ? t.Result : "", TaskScheduler.Default);
        return new(new("engine/ended", $"The embedded engine has ended unexpectedly.{(words.Length > 0 ? $" It said: {words}" : "")}",
            "Run again: finished steps are kept. If it happens again, give it more memory or report it."), inner);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        try
        {
            process.StandardInput.Close();      // the engine's sign to leave, whatever it is doing
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
        }
        catch (Exception stuck) when (stuck is OperationCanceledException or IOException)
        {
            process.Kill();
        }
        process.Dispose();
        folder.Dispose();
    }

    private async Task HandOver(string library, EmbeddedEngineOptions options, CancellationToken cancel)
    {
        string? answer = null;
        try
        {
            await process.StandardInput.WriteAsync(
                $"{library}\n{folder.Path}\n{Secret}\n{options.MemoryLimitBytes ?? 0}\n{options.Threads ?? 0}\n".AsMemory(), cancel);
            await process.StandardInput.FlushAsync(cancel);
            answer = await process.StandardOutput.ReadLineAsync(cancel);
        }
        catch (IOException)
        {
            // It ended before it had read all; its last words say why.
        }
        if (answer != "ready")
            throw new ProblemException(new("engine/not-started", $"The embedded engine did not start: {await complaints}.",
                "Check that the library fits this machine (`npm ci` in Clientele's folder installs it)."));
    }

    private static EmbeddedEngine Start(string host)
    {
        var start = new ProcessStartInfo(EngineFiles.DotNet(), [host])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // 4 MB of young objects before a collection. The default is a share of the processor's cache, and 75 MB more resident.
        start.Environment["DOTNET_GCgen0size"] = "400000";
        var folder = EngineFolder.Create();
        try
        {
            return new(Process.Start(start)!, folder);
        }
        catch (Win32Exception missing)
        {
            folder.Dispose();
            throw new ProblemException(new("engine/not-started", $"The program '{start.FileName}' can't be started: {missing.Message}.", "Install the .NET 10 SDK or put it on the PATH."), missing);
        }
    }

    // Reads on, so that the engine never waits for us to listen, and keeps the end.
    private static async Task<string> LastWords(StreamReader error)
    {
        const int most = 2000;
        string words = "";
        var buffer = new char[1024];
        while (await error.ReadAsync(buffer) is var read and > 0)
        {
            words += new string(buffer, 0, read);
            words = words.Length > most ? words[^most..] : words;
        }
        return string.Join(' ', words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
