using Clientele.Access;
using Clientele.Server.Limits;

namespace Clientele.Server.Access;

/// <summary>Who sends a request, as far as it is known.</summary>
/// <param name="Name">For the audit: the key's name and id; or that it came from this machine, while there is no key.</param>
/// <param name="Allowance">How much of the service is theirs.</param>
internal sealed record Caller(string Name, Role Role, Allowance Allowance);
