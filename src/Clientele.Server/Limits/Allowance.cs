using System.Threading.RateLimiting;
using Clientele.Settings;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Limits;

/// <summary>How much of the service a caller has: requests per second, and requests at once. One who asks for more is told when to come again; the others go on.</summary>
internal sealed class Allowance : IDisposable
{
    private readonly Lock rating = new();
    private readonly bool isRated;
    private TokenBucketRateLimiter? rate;
    private volatile int perSecond, mostAtOnce;
    private int atOnce;

    private Allowance(ServeSettings settings, bool isRated)
    {
        this.isRated = isRated;
        Follow(settings);
    }

    public static Allowance OfKey(ServeSettings settings) => new(settings, isRated: true);

    /// <summary>Of all callers together who need no key.</summary>
    public static Allowance OfAll(ServeSettings settings) => new(settings, isRated: false);

    /// <summary>Takes over what the settings say now. A rate that is as before goes on where it is; requests under way count.</summary>
    public void Follow(ServeSettings settings)
    {
        mostAtOnce = settings.RequestsAtOnce;
        if (!isRated || settings.RequestsPerSecond == perSecond)
            return;
        lock (rating)
        {
            rate?.Dispose();
            perSecond = settings.RequestsPerSecond;
            // Tokens come ten times a second, so that a caller who just reached the rate is not made to wait for a whole one.
            rate = perSecond == 0 ? null : new(new()
            {
                TokenLimit = perSecond * 2,
                TokensPerPeriod = Math.Max(1, perSecond / 10),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, perSecond / 10) / (double)perSecond),
                QueueLimit = 0,
            });
        }
    }

    /// <summary>Begins a request.</summary>
    /// <returns>Null: it is begun, and <see cref="End"/> must follow. Else why not.</returns>
    public Refusal? Begin(HttpContext context)
    {
        if (Interlocked.Increment(ref atOnce) > mostAtOnce)
        {
            End();
            return Refuse(context, TimeSpan.FromSeconds(1), "at-once", $"More than {mostAtOnce:N0} requests at once");
        }
        if (perSecond > 0 && Acquire() is { IsAcquired: false } refused)
        {
            End();
            return Refuse(context, refused.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1), "rate", "More requests per second than this key has");
        }
        return null;
    }

    public void End() => Interlocked.Decrement(ref atOnce);

    // Not while another rate takes its place.
    private RateLimitLease? Acquire()
    {
        lock (rating)
            return rate?.AttemptAcquire();
    }

    private static Refusal Refuse(HttpContext context, TimeSpan wait, string limit, string what)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = $"{seconds}";
        return new(StatusCodes.Status429TooManyRequests, new($"limits/{limit}", $"{what}.", $"Come again in {seconds} s, or send several rows in one request."));
    }

    public void Dispose() => rate?.Dispose();
}
