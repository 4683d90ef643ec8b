using Clientele.Settings;

namespace Clientele.Server.Limits;

/// <summary>How much memory bodies may fill that are still arriving, of all callers together: many large and slow ones would else fill the machine.</summary>
internal sealed class WaitingBodies(ServeSettings settings)
{
    private const int LargestAtOnce = 32;

    private readonly long most = ((long)settings.MaxBodyMib << 20) * LargestAtOnce;
    private long bytes;

    /// <param name="length">As announced; null: as large as one may be.</param>
    /// <returns>What was set aside, for <see cref="End"/>; null: there is no room now.</returns>
    public long? Begin(long? length)
    {
        long asked = length ?? (long)settings.MaxBodyMib << 20;
        if (Interlocked.Add(ref bytes, asked) <= most)
            return asked;
        End(asked);
        return null;
    }

    public void End(long length) => Interlocked.Add(ref bytes, -length);
}
