using System.Runtime.InteropServices;
using Clientele.Engine;

var launch = Launch.Read(Console.OpenStandardInput());

// The engine lives and dies with its parent: a Ctrl-C meant for the parent must not take it away early.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => signal.Cancel = true);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Leave(0));
ParentWatch.Start(() => Leave(0));

try
{
    Embedded.Start(launch.Library, launch.Folder);
}
catch (Exception unfit) when (unfit is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
{
    Console.Error.WriteLine(unfit.Message);
    Leave(1);
}
await using var server = await EngineServer.Start(launch);

using (var ready = Console.OpenStandardOutput())
    ready.Write("ready\n"u8);
await Task.Delay(Timeout.Infinite);

// Not `return`: the engine's exit handlers crash while its threads are at work, and closing its connections waits for queries.
void Leave(int code)
{
    try
    {
        Directory.Delete(launch.Folder, recursive: true);
    }
    catch (IOException)
    {
        // The parent has been quicker.
    }
    LibC.Exit(code);
}
