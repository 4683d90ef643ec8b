using Clientele.Problems;

namespace Clientele.Server;

/// <summary>Why a request is not let through. It is an answer like any other and thrown nowhere: who sends many gets many, cheaply.</summary>
internal sealed record Refusal(int Status, Problem Problem);
