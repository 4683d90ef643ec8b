namespace Clientele.Engine;

/// <summary>
/// The handlers of the signals that the engine's first connection takes over. .NET turns a native fault into a
/// NullReferenceException with two of them; without its own handlers such an exception hangs the process or kills it.
/// </summary>
internal sealed unsafe class SignalHandlers
{
    // ILL, TRAP, ABRT, BUS, FPE, SEGV, TSTP, SYS. Not INT and QUIT: .NET sets those at its first use of the console, so an older copy would undo that.
    private static readonly int[] Taken = [4, 5, 6, 7, 8, 11, 20, 31];

    private const int ActionSize = 152;     // struct sigaction of glibc on 64 bits

    private readonly byte[] actions = new byte[Taken.Length * ActionSize];

    /// <summary>Copies the handlers as they are now.</summary>
    public static SignalHandlers Save()
    {
        var saved = new SignalHandlers();
        fixed (byte* actions = saved.actions)
        {
            for (int i = 0; i < Taken.Length; i++)
                Check(LibC.SignalAction(Taken[i], null, actions + i * ActionSize));
        }
        return saved;
    }

    /// <summary>Puts the saved handlers back.</summary>
    public void Restore()
    {
        fixed (byte* saved = actions)
        {
            for (int i = 0; i < Taken.Length; i++)
                Check(LibC.SignalAction(Taken[i], saved + i * ActionSize, null));
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException("A signal handler could not be read or set.");
    }
}
