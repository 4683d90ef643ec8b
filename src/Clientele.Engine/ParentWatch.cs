namespace Clientele.Engine;

/// <summary>
/// Ends the process with its parent, however that ends. Two signs: standard input closes, and the parent's process descriptor
/// becomes readable. (Not PR_SET_PDEATHSIG: it fires when the parent's *thread* ends that started us.)
/// </summary>
internal static unsafe class ParentWatch
{
    /// <summary>Watches from a thread of its own and calls <paramref name="leave"/> once.</summary>
    public static void Start(Action leave) => new Thread(() =>
    {
        Wait();
        leave();
    }, maxStackSize: 128 * 1024)
    { IsBackground = true, Name = "parent watch" }.Start();

    private static void Wait()
    {
        LibC.PollFd* signs = stackalloc LibC.PollFd[2];
        signs[0] = new() { Fd = 0, Events = LibC.PollIn };
        signs[1] = new() { Fd = LibC.OpenProcess(LibC.ParentId()), Events = LibC.PollIn };      // a negative descriptor is passed over
        byte rest;
        while (true)
        {
            if (LibC.Poll(signs, 2, -1) < 0)
                continue;       // a signal came in between
            if (signs[1].Happened != 0 || (signs[0].Happened != 0 && LibC.Read(0, &rest, 1) <= 0))
                return;
        }
    }
}
