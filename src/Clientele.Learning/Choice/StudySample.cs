namespace Clientele.Learning;

/// <summary>The rows that a study asks: all, or of a large table a seeded sample.</summary>
internal static class StudySample
{
    public static Matrix Of(Matrix rows, int most, ulong seed) =>
        rows.Rows > most ? rows.Take(new RandomStream(seed, 0).Sample(rows.Rows, most)) : rows;
}
