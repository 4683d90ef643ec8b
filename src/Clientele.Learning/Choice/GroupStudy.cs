namespace Clientele.Learning;

/// <summary>All that is measured before the question of natural groups is decided. Lists run over k, k = 1 first.</summary>
/// <param name="SilhouetteExcess">Silhouette less its mean on Gaussian references; NaN at k = 1.</param>
internal sealed record GroupStudy(IReadOnlyList<ClusterEvidence> Evidence, GapCurve Uniform, GapCurve Gaussian, double[] SilhouetteExcess)
{
    // Enough rows to know a reference's mean silhouette to about ±.01; the rows' own is exact.
    private const int SilhouetteRows = 2_000;
    private const int ReferenceStarts = 2;

    public static GroupStudy Run(Matrix all, NaturalGroupsOptions options, IProgress<StudyProgress>? progress, CancellationToken cancel)
    {
        var rows = StudySample.Of(all, options.SampleRows, options.Seed);
        var steps = new StudySteps(progress);
        var fits = FitAll(rows, options, steps, cancel);
        var silhouettes = Silhouettes(rows, fits, options.Threads);
        var (uniform, gaussian, usual) = References(rows, fits, options, steps, cancel);
        var strengths = PredictionStrength.Measure(rows, new() { MaxClusters = options.MaxClusters, Splits = options.Splits, Seed = options.Seed, Threads = options.Threads }, steps, cancel);
        double[] excess = [.. silhouettes.Select((score, k) => score - usual[k])];
        return new([.. Enumerable.Range(1, options.MaxClusters).Select(Evidence)], uniform, gaussian, excess);

        ClusterEvidence Evidence(int k)
        {
            int[] labels = fits[k - 1].Labels[..rows.Rows];
            bool divided = labels.Distinct().Skip(1).Any();
            return new(
                k, fits[k - 1].Inertia, silhouettes[k - 1],
                divided ? DaviesBouldin.Score(rows, labels) : double.NaN, divided ? CalinskiHarabasz.Score(rows, labels) : double.NaN,
                uniform.Gaps[k - 1], uniform.Errors[k - 1], gaussian.Gaps[k - 1], gaussian.Errors[k - 1],
                strengths.Means[k - 1], strengths.Errors[k - 1])
            {
                Valley = Valley.Shallowest(rows, labels, new(k, rows.Columns, fits[k - 1].Centres)),
            };
        }
    }

    private static LloydFit[] FitAll(Matrix rows, NaturalGroupsOptions options, StudySteps steps, CancellationToken cancel)
    {
        var lanes = new LaneRows(rows);
        var fits = new LloydFit[options.MaxClusters];
        steps.Begin("fits", fits.Length);
        Workers.Run(fits.Length, options.Threads, at =>
        {
            // Longest first: the last worker to finish waits the least.
            int k = fits.Length - at;
            fits[k - 1] = StudyFit.Of(lanes, k, options.Restarts, RandomStream.Derive(options.Seed, 1, k), cancel);
            steps.Tick();
        }, cancel);
        return fits;
    }

    // Mean silhouettes, NaN where all rows are in one cluster; every distance is computed once for all k.
    private static double[] Silhouettes(Matrix rows, LloydFit[] fits, int threads)
    {
        var means = new double[fits.Length];
        Array.Fill(means, double.NaN);
        var labelings = fits.Select(fit => Labeling.Unchecked(fit.Labels.AsSpan(0, rows.Rows))).ToArray();
        int[] divided = [.. Enumerable.Range(0, fits.Length).Where(k => labelings[k].Used > 1)];
        var scores = Silhouette.Score(rows, [.. divided.Select(k => labelings[k])], threads);
        for (int i = 0; i < divided.Length; i++)
            means[divided[i]] = scores[i].Mean;
        return means;
    }

    private static (GapCurve Uniform, GapCurve Gaussian, double[] Silhouettes) References(
        Matrix rows, LloydFit[] fits, NaturalGroupsOptions options, StudySteps steps, CancellationToken cancel)
    {
        var sets = new ReferenceSets(rows);
        var inertias = new double[2 * options.References][];
        var silhouettes = new double[options.References][];
        steps.Begin("reference sets", inertias.Length);
        Workers.Run(inertias.Length, options.Threads, task =>
        {
            bool normal = task < options.References;
            ulong seed = RandomStream.Derive(options.Seed, 2, task);
            var made = sets.Draw(normal ? GapReference.Gaussian : GapReference.PrincipalAxes, new(seed));
            var lanes = new LaneRows(made);
            LloydFit[] found = [.. Enumerable.Range(1, fits.Length).Select(k =>
                KMeansSearch.Quick(lanes, k, ReferenceStarts, RandomStream.Derive(seed, k), cancel))];
            inertias[task] = [.. found.Select(fit => fit.Inertia)];
            // The rows of a reference are independent: the first are as good a sample as any.
            if (normal)
                silhouettes[task] = Silhouettes(made.Rows > SilhouetteRows ? made.Take([.. Enumerable.Range(0, SilhouetteRows)]) : made, found, threads: 1);
            steps.Tick();
        }, cancel);
        double[] own = [.. fits.Select(fit => fit.Inertia)];
        return (
            GapCurve.Of(own, inertias[options.References..]),
            GapCurve.Of(own, inertias[..options.References]),
            [.. Enumerable.Range(0, fits.Length).Select(k => silhouettes.Average(means => means[k]))]);
    }
}
