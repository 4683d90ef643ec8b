using System.Globalization;

namespace Clientele.Tests.Kills;

/// <summary>A clock that several processes share and that goes faster than the world's, timers too.</summary>
/// <param name="began">A moment of the world.</param>
/// <param name="start">What it showed then.</param>
/// <param name="end">Where it stops.</param>
internal sealed class FastClock(DateTimeOffset began, DateTimeOffset start, double speed, DateTimeOffset end) : TimeProvider
{
    public static FastClock Parse(string text)
    {
        var parts = text.Split(' ');
        return new(DateTimeOffset.FromUnixTimeMilliseconds(Number(parts[0])), DateTimeOffset.FromUnixTimeMilliseconds(Number(parts[1])), double.Parse(parts[2], CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(Number(parts[3])));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{began.ToUnixTimeMilliseconds()} {start.ToUnixTimeMilliseconds()} {speed} {end.ToUnixTimeMilliseconds()}");

    public override DateTimeOffset GetUtcNow() => start + (System.GetUtcNow() - began) * speed is var now && now < end ? now : end;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Slow(dueTime), Slow(period));

    private TimeSpan Slow(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / speed;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
