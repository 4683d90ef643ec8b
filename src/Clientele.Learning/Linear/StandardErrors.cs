namespace Clientele.Learning;

/// <summary>How far estimates of an unpenalised fit would typically stray in another sample of the same kind, if the model holds.</summary>
/// <param name="Columns">One per column, in the coefficient's units; null for an aliased column.</param>
public sealed record StandardErrors(double Intercept, IReadOnlyList<double?> Columns);
