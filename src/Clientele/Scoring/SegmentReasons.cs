using Clientele.Learning;
using Clientele.Segments;

namespace Clientele.Scoring;

/// <summary>A feature's part in an assignment.</summary>
/// <param name="Value">The customer's, in original units.</param>
/// <param name="Pull">Its part of d₂² − d₁²: above 0 it speaks for the segment, below 0 for the second nearest. The parts of all features add up to the difference.</param>
public readonly record struct SegmentReason(string Feature, double Value, double Pull);

/// <summary>Why the nearest segment and not the second nearest, where a segment is a centre.</summary>
/// <remarks>
/// With z the prepared features, p = W(z − μ) the place and m the middle between the centres c₁ and c₂: d₂² − d₁² = 2 (c₁ − c₂)·(p − m) = Σⱼ 2 vⱼ (zⱼ − z̄ⱼ),
/// v = Wᵀ(c₁ − c₂), z̄ = μ + Wᵀm. The rows of W are orthonormal, so nothing is left over.
/// </remarks>
internal sealed class SegmentReasons
{
    private readonly CustomerSpace space;
    private readonly Matrix centres;

    private SegmentReasons(CustomerSpace space, Matrix centres) => (this.space, this.centres) = (space, centres);

    /// <returns>Null where segments are no centres, or categories count too.</returns>
    public static SegmentReasons? Of(SegmentModel model) => model.Clusters is CentreModel centres && model.Categories.Count == 0 ? new(model.Space, centres.Centres) : null;

    public IReadOnlyList<SegmentReason> Why(SegmentScores scores, int row, int most)
    {
        Span<double> own = centres.Row(scores.Assigned.Labels[row]), other = centres.Row(scores.Assigned.SecondNearest[row]);
        Span<double> numbers = scores.Rows.Row(row), prepared = scores.Prepared.Row(row);
        var strongest = new SegmentReason[Math.Min(most, numbers.Length)];
        int found = 0;
        for (int j = 0; j < numbers.Length; j++)
        {
            var (apart, middle) = Between(own, other, j);
            double pull = 2 * apart * (prepared[j] - middle);
            int place = found;
            while (place > 0 && Math.Abs(strongest[place - 1].Pull) < Math.Abs(pull))
                place--;
            if (place == strongest.Length)
                continue;
            found = Math.Min(found + 1, strongest.Length);
            strongest.AsSpan(place..(found - 1)).CopyTo(strongest.AsSpan(place + 1));
            strongest[place] = new(space.Columns[j], numbers[j], pull);
        }
        return strongest;
    }

    // vⱼ and z̄ⱼ.
    private (double Apart, double Middle) Between(ReadOnlySpan<double> own, ReadOnlySpan<double> other, int feature)
    {
        if (space.Components is not { } components)
            return (own[feature] - other[feature], (own[feature] + other[feature]) / 2);
        double apart = 0, middle = components.Mean[feature];
        for (int c = 0; c < own.Length; c++)
        {
            double loading = components.Components[c, feature];
            apart += loading * (own[c] - other[c]);
            middle += loading * (own[c] + other[c]) / 2;
        }
        return (apart, middle);
    }
}
