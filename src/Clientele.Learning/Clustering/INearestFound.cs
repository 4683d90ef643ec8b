using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>What a pass over the centres keeps of sixteen rows. A struct, so that the pass is compiled for each.</summary>
internal interface INearestFound<T> where T : struct, INearestFound<T>
{
    static abstract T None { get; }

    /// <summary>The next four centres, at these squared distances.</summary>
    void Offer(Vector512<float> d0, Vector512<float> d1, Vector512<float> d2, Vector512<float> d3, int first);

    /// <summary>A bit for each row whose answer rounding may have changed; see <see cref="Slack.Within"/>.</summary>
    ulong Doubtful(float epsilon, float apart, float margin);

    /// <param name="count">Of the sixteen rows.</param>
    void Store(int count, Span<int> labels, Span<int> seconds);
}
