using System.Reflection;

namespace Clientele.Tests.House;

public sealed class ArrowsTests
{
    [Theory, InlineData("Clientele.Learning"), InlineData("Clientele", "Clientele.Learning")]
    public void Arrows_point_one_way(string part, params string[] mayKnow) =>
        Assert.Empty(Assembly.Load(part).GetReferencedAssemblies()
            .Select(name => name.Name!).Where(name => name.StartsWith("Clientele", StringComparison.Ordinal)).Except(mayKnow));
}
