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
    private readonly string folder;
    private readonly Task<string> complaints;

    private EmbeddedEngine(Process process, string folder, string secret)
    {
        (this.process, this.folder, Secret) = (process, folder, secret);
        complaints = LastWords(process.StandardError);
    }

    /// <summary>Required in the header X-ClickHouse-Key of every request.</summary>
    public string Secret { get; }

    public int ProcessId => process.Id;

    public bool HasEnded => process.HasExited;

    public static async Task<EmbeddedEngine> Start(EmbeddedEngineOptions options, CancellationToken cancel)
    {
        var (host, library) = (EngineFiles.Host(), EngineFiles.Library());
        string folder = PrivateFolder();
        string secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        try
        {
            var engine = new EmbeddedEngine(StartProcess(host), folder, secret);
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
        catch
        {
            Delete(folder);
            throw;
        }
    }

    public async ValueTask<Stream> Connect(CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketIn(folder)), cancel);
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
        Delete(folder);
    }

    private async Task HandOver(string library, EmbeddedEngineOptions options, CancellationToken cancel)
    {
        string? answer = null;
        try
        {
            await process.StandardInput.WriteAsync(
                $"{library}\n{folder}\n{Secret}\n{options.MemoryLimitBytes ?? 0}\n{options.Threads ?? 0}\n".AsMemory(), cancel);
            await process.StandardInput.FlushAsync(cancel);
            answer = await process.StandardOutput.ReadLineAsync(cancel);
        }
        catch (IOException)
        {
            // It ended before it had read all; its last words say why.
        }
        if (answer != "ready")
            throw new ProblemException(new("engine/not-started", $"The embedded engine did not start: {await complaints}",
                "Check that the library fits this machine (`npm ci` in Clientele's folder installs it)."));
    }

    private static Process StartProcess(string host)
    {
        var start = new ProcessStartInfo(EngineFiles.DotNet(), [host])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new ProblemException(new("engine/not-started", $"The program '{start.FileName}' can't be started: {missing.Message}.", "Install the .NET 10 SDK or put it on the PATH."), missing);
        }
    }

    private static string PrivateFolder()
    {
        if (OperatingSystem.IsWindows())
            throw new ProblemException(new("engine/platform", "The embedded engine does not run on Windows.", "Use Linux, the Windows Subsystem for Linux, or a ClickHouse server by `engine:`."));
        // A socket's path has at most 107 bytes.
        string root = Path.GetTempPath() is { Length: < 60 } usual ? usual : "/tmp";
        string folder = Path.Combine(root, $"clientele-{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    private static string SocketIn(string folder) => Path.Combine(folder, "socket");

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The engine has taken it away itself.
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
        return words.Trim();
    }
}
