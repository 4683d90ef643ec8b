using FsCheck;

namespace Clientele.Tests;

/// <summary>How properties are checked here: over random cases from a fixed seed, so that a run today and one tomorrow see the same. A failure is shrunk and printed.</summary>
internal static class Properties
{
    /// <summary><c>CLIENTELE_TEST_SEED</c> looks elsewhere.</summary>
    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("CLIENTELE_TEST_SEED"), out ulong asked) ? asked : 2011;

    public static void Holds(this Property property, int cases = 100) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(Seed, 1));
}
