namespace Clientele.Tests.Attacks;

public sealed class RoutesTests
{
    [Fact]
    public async Task Every_route_is_in_the_OpenAPI_document_and_nothing_else_is()
    {
        await using var shop = await ServedShop.Start();
        var described = (await shop.Operations()).Select(operation => $"{operation}");

        // The document does not describe itself.
        Assert.Equal(described.Append("GET /openapi/{documentName}.json").Order(StringComparer.Ordinal), shop.Service.RoutesWithMethods.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_changes_something_is_never_a_GET_and_says_whom_it_needs()
    {
        await using var shop = await ServedShop.Start();
        var silent = shop.Service.RoutesWithoutRule.Where(route => !route.StartsWith("GET ", StringComparison.Ordinal));
        Assert.Empty(silent);
    }
}
