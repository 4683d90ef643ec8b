namespace Clientele.Engine;

/// <summary>The engine within this process.</summary>
internal static class Embedded
{
    /// <summary>Loads the library and opens the connection that keeps databases and tables for as long as the process lives. Once, before other work.</summary>
    public static void Start(string library)
    {
        _ = LibC.SetEnvironment("TZ", "UTC", 1);
        Chdb.Load(library);
        var handlers = SignalHandlers.Save();
        _ = ChdbConnection.Open();      // takes eight signals over; later ones leave them alone
        handlers.Restore();
    }
}
