namespace Clientele.Learning;

/// <param name="Centres">k × d, in the units of the rows given. No cluster is empty.</param>
/// <param name="Labels">0 … k−1 for every row: its nearest centre.</param>
/// <param name="Inertia">Σ‖x−c‖² of rows to their centres.</param>
/// <param name="Iterations">Of the start that was kept, with its polish.</param>
public sealed record KMeansFit(Matrix Centres, IReadOnlyList<int> Labels, double Inertia, int Iterations, bool Converged);

/// <param name="Labels">0 … k−1: the nearest centre; of equally near ones the lowest.</param>
/// <param name="Distances">Euclidean, to the nearest centre.</param>
/// <param name="SecondNearest">The next nearest centre; with a single centre that one.</param>
public sealed record Assignment(IReadOnlyList<int> Labels, IReadOnlyList<double> Distances, IReadOnlyList<int> SecondNearest);

/// <param name="Finished">Starts finished, of <paramref name="Restarts"/>.</param>
/// <param name="Inertia">The least so far.</param>
public sealed record KMeansProgress(int Finished, int Restarts, double Inertia);
