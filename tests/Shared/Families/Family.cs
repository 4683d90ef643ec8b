namespace Clientele.Learning.Tests;

/// <summary>Made data with a known answer, as in reference/science.md G1. Scaled to z-scores.</summary>
/// <param name="Clusters">True number of groups; 1: none.</param>
internal sealed record Family(string Name, int Clusters, Func<RandomStream, Matrix> Make)
{
    /// <summary>Set 1, without groups.</summary>
    public static IEnumerable<Family> Nulls =>
    [
        new("uniform square", 1, random => Clouds.Of(random, 600, 2, r => r.Unit())),
        new("uniform cube", 1, random => Clouds.Of(random, 600, 8, r => r.Unit())),
        new("Gaussian, d = 2", 1, random => Clouds.Of(random, 600, 2, r => r.Gaussian())),
        new("Gaussian, d = 8", 1, random => Clouds.Of(random, 600, 8, r => r.Gaussian())),
        new("correlated Gaussian", 1, random => Clouds.Correlated(random, 600, 8, .8)),
        new("lognormal", 1, random => Clouds.Of(random, 600, 6, r => Math.Exp(.7 * r.Gaussian()))),
        new("t with 4 degrees of freedom", 1, random => Clouds.Of(random, 600, 6, r => Clouds.Student(r, 4))),
    ];

    /// <summary>Set 1, with groups.</summary>
    public static IEnumerable<Family> Planted(int k) =>
    [
        new("d = 8, δ = 6, equal", k, random => Blobs.Make(random, 8, k, 6, equal: true)),
        new("d = 8, δ = 5", k, random => Blobs.Make(random, 8, k, 5)),
        new("d = 8, δ = 4", k, random => Blobs.Make(random, 8, k, 4)),
        new("d = 8, δ = 6, ellipsoids", k, random => Blobs.Make(random, 8, k, 6, ellipsoids: true)),
        new("d = 8, δ = 6, outliers", k, random => Blobs.WithOutliers(random, Blobs.Make(random, 8, k, 6))),
        new("d = 2, δ = 5", k, random => Blobs.Make(random, 2, k, 5)),
    ];

    /// <summary>Set 2, without groups.</summary>
    public static IEnumerable<Family> OtherNulls =>
    [
        new("correlated lognormals, raw", 1, random => Clouds.Lognormal(random, 1000, 4)),
        new("correlated lognormals after logs", 1, random => Clouds.Logged(Clouds.Lognormal(random, 1000, 4))),
        new("banana", 1, random => Clouds.Banana(random, 600)),
        new("exponentials, d = 5", 1, random => Clouds.Of(random, 400, 5, r => -Math.Log(1 - r.Unit()))),
    ];

    /// <summary>Set 2, with groups.</summary>
    public static IEnumerable<Family> OtherPlanted =>
    [
        new("k = 2, d = 8, δ = 4", 2, random => Blobs.Make(random, 8, 2, 4)),
        new("k = 2, d = 3, δ = 4, n = 300", 2, random => Blobs.Make(random, 3, 2, 4, n: 300)),
        new("k = 5, d = 3, δ = 5, n = 1500", 5, random => Blobs.Make(random, 3, 5, 5, n: 1500)),
        new("k = 7, d = 5, δ = 5, n = 1000", 7, random => Blobs.Make(random, 5, 7, 5, n: 1000)),
        new("k = 4, t with 5 degrees of freedom, d = 5, δ = 5", 4, random => Blobs.Make(random, 5, 4, 5, noise: r => Clouds.Student(r, 5) / Math.Sqrt(5 / 3.0))),
        new("k = 5, gamma-skewed, d = 5, δ = 5", 5, random => Blobs.Make(random, 5, 5, 5, noise: Clouds.Skewed)),
        new("k = 3, d = 10, δ = 4, n = 250", 3, random => Blobs.Make(random, 10, 3, 4, n: 250)),
    ];

    /// <summary>What customers without groups look like: correlated lognormals, prepared as the product prepares them.</summary>
    public static IEnumerable<Family> Shops =>
    [
        new("correlated lognormals after logs", 1, random => Clouds.Logged(Clouds.Lognormal(random, 1000, 4))),
        new("correlated lognormals after Yeo-Johnson", 1, random => Clouds.Bent(Clouds.Lognormal(random, 1000, 4))),
        new("ten lognormal columns of one factor, Yeo-Johnson and components", 1, random => Clouds.Components(Clouds.Bent(Clouds.Lognormal(random, 2000, 10)))),
    ];

    /// <summary>A continuum whose first column counts: values 0, 1, 2 … with true valleys between them. Told, not judged.</summary>
    public static Family Counts { get; } = new("logs of recency, frequency and spend of one BG/NBD population", 1, random => Clouds.Buyers(random, 1000));

    public Matrix Rows(ulong seed) => Clouds.Scaled(Make(new(seed)));
}
