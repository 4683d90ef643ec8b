using Clientele.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Clientele.Server.Access;

/// <summary>What an end point asks of its caller, once there is a key.</summary>
/// <param name="Needs">Null: nothing, not even a key.</param>
internal sealed record AccessRule(Role? Needs)
{
    /// <summary>Of an end point that says nothing: what only looks is for viewers, what changes something for admins. What is no end point of ours (no such path, method or type) is told to whoever has a key.</summary>
    public static AccessRule Of(Endpoint? endpoint, string method) => endpoint?.Metadata.GetMetadata<AccessRule>()
        ?? (endpoint is not RouteEndpoint || HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? ForViewers : ForAdmins);

    private static readonly AccessRule ForViewers = new(Role.Viewer), ForAdmins = new(Role.Admin);
}

/// <summary>Says it where an end point is mapped.</summary>
internal static class AccessRules
{
    public static T Needs<T>(this T endpoint, Role role) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(role));

    /// <summary>For those who only ask whether the service is alive.</summary>
    public static T NeedsNoKey<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(null));
}
