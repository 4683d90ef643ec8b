using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>What must hold of k-means whatever the rows (issue "The clustering core", must show 3).</summary>
public sealed class KMeansPropertyTests
{
    [Fact]
    public void A_power_of_two_scales_the_centres_and_changes_nothing_else() => Prop.ForAll(Case.Any, c =>
    {
        var rows = Smooth(c);
        double scale = Math.ScaleB(1, c.Exponent % 2 == 0 ? 6 * c.Exponent : -6 * c.Exponent);
        var options = new KMeansOptions { Clusters = c.Clusters, Restarts = 2, Seed = c.Seed };
        var (plain, scaled) = (KMeans.Fit(rows, options), KMeans.Fit(Times(rows, scale), options));
        return plain.Labels.SequenceEqual(scaled.Labels) && plain.Inertia * scale * scale == scaled.Inertia
            && plain.Centres.Values.Select(x => x * scale).SequenceEqual(scaled.Centres.Values);
    }).Holds();

    [Fact]
    public void The_order_of_the_rows_does_not_matter_to_a_given_start() => Prop.ForAll(Case.Any, c =>
    {
        var rows = Smooth(c);
        int[] order = new RandomStream(c.Seed, 4).Permutation(c.Rows);
        var (plain, shuffled) = (FromFirstRows(rows, c), FromFirstRows(rows.Take(order), c, rows));
        return order.Select(i => plain.Labels[i]).SequenceEqual(shuffled.Labels) && Near(plain, shuffled);
    }).Holds();

    [Fact]
    public void A_weight_of_three_is_worth_three_equal_rows() => Prop.ForAll(Case.Any, c =>
    {
        var rows = Smooth(c);
        double[] weights = c.Weights();
        int[] repeated = [.. Enumerable.Range(0, c.Rows).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var weighted = KMeans.Fit(rows, new() { Clusters = c.Clusters, Start = First(rows, c), Weights = weights });
        var many = FromFirstRows(rows.Take(repeated), c, rows);
        return repeated.Select(i => weighted.Labels[i]).SequenceEqual(many.Labels) && Near(weighted, many);
    }).Holds();

    [Fact]
    public void A_search_with_weights_is_no_worse_than_one_start_of_the_repeated_rows() => Prop.ForAll(Case.Any, c =>
    {
        var rows = Smooth(c);
        double[] weights = c.Weights();
        int[] repeated = [.. Enumerable.Range(0, c.Rows).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var searched = KMeans.Fit(rows, new() { Clusters = c.Clusters, Weights = weights, Restarts = 4 });
        return searched.Inertia <= FromFirstRows(rows.Take(repeated), c, rows).Inertia * (1 + 1e-9);
    }).Holds(30);

    [Fact]
    public void A_start_that_is_the_answer_stays()
    {
        var rows = Tables.Iris.Rows;
        var fit = KMeans.Fit(rows, new() { Clusters = 3, Tolerance = 0 });
        var again = KMeans.Fit(rows, new() { Clusters = 3, Start = fit.Centres });
        Assert.Equal(fit.Labels, again.Labels);
        Assert.Equal(fit.Centres.Values, again.Centres.Values);
        Assert.Equal(fit.Inertia, again.Inertia);
    }

    [Theory]
    [InlineData(1e30), InlineData(1e-30), InlineData(1e100), InlineData(1e-100)]
    public void Magnitudes_do_not_matter(double magnitude)
    {
        var rows = Tables.Iris.Rows;
        var fit = KMeans.Fit(Times(rows, magnitude), new() { Clusters = 3 });
        Assert.Equal(78.85144142614601, fit.Inertia / magnitude / magnitude, 1e-8);       // reference/science.md C3
    }

    [Fact]
    public void Groups_a_millionth_of_their_distance_from_zero_apart_are_found()
    {
        var random = new RandomStream(5);
        var rows = new Matrix(300, 2, [.. Enumerable.Range(0, 600).Select(i => 1e9 + 1000 * (i / 200) + random.Gaussian())]);
        var fit = KMeans.Fit(rows, new() { Clusters = 3 });
        Assert.Equal(3, fit.Labels.Chunk(100).Select(group => group.Distinct().Single()).Distinct().Count());
    }

    [Fact]
    public void What_single_precision_cannot_tell_apart_beside_an_outlier_is_still_told_apart()
    {
        var random = new RandomStream(6);
        double[] values = [.. Enumerable.Range(0, 200).Select(i => 20.0 * (i / 100) + random.Gaussian()), 1e13];
        var labels = KMeans.Fit(new(201, 1, values), new() { Clusters = 3 }).Labels;
        Assert.Single(labels.Take(100).Distinct());
        Assert.Single(labels.Skip(100).Take(100).Distinct());
        Assert.Equal(3, labels.Distinct().Count());
    }

    [Fact]
    public void Degenerate_rows_have_their_plain_answer()
    {
        Assert.Equal((0.0, 7.0), Of(KMeans.Fit(new(1, 1, [7]), new() { Clusters = 1 })));
        Assert.Equal((0.0, 7.0), Of(KMeans.Fit(new(5, 1, [7, 7, 7, 7, 7]), new() { Clusters = 1 })));
        Assert.Equal(1, KMeans.Fit(new(4, 3, [7, 0, 1, 7, 1, 1, 7, 10, 1, 7, 11, 1]), new() { Clusters = 2 }).Inertia, 1e-12);       // constant columns
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit(new(2, 1, [1, 2]), new() { Clusters = 3 }));

        static (double, double) Of(KMeansFit fit) => (fit.Inertia, fit.Centres[0, 0]);
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_weight_that_is_no_weight_is_refused_with_its_row(double weight)
    {
        var error = Assert.Throws<ArgumentException>(() => KMeans.Fit(new(3, 1, [1, 2, 3]), new() { Clusters = 2, Weights = [1, weight, 1] }));
        Assert.StartsWith("The weight of row 1 is", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_of_another_shape_is_refused() =>
        Assert.Throws<ArgumentException>(() => KMeans.Fit(new(3, 1, [1, 2, 3]), new() { Clusters = 2, Start = new(2, 2) }));

    [Theory]
    [InlineData(double.NaN), InlineData(double.NegativeInfinity)]
    public void Assigning_refuses_what_is_no_number(double value)
    {
        var error = Assert.Throws<NotFiniteException>(() => KMeans.Assign(new(3, 2, [1, 2, 3, value, 5, 6]), new(2, 2, [1, 2, 3, 4])));
        Assert.Equal((1, 1), (error.Row, error.Column));
        Assert.Throws<NotFiniteException>(() => KMeans.Labels(new(3, 2, [1, 2, 3, value, 5, 6]), new(1, 2, [1, 2])));
        Assert.Throws<NotFiniteException>(() => KMeans.Labels(new(1, 2, [1, 2]), new(1, 2, [1, value])));
    }

    [Fact]
    public void Iterations_allocate_nothing()
    {
        var random = new RandomStream(8);
        var table = new Matrix(20_000, 7, [.. Enumerable.Range(0, 140_000).Select(_ => random.Gaussian())]);
        var (rows, view) = (new SingleRows(new(table), threads: 1), new RowView(table));
        double[] start = table.Values[..35];
        foreach (Action<int> fit in (Action<int>[])[iterations => Lloyd.Run(rows, start, iterations, 0), iterations => Lloyd.Hurry(rows, start, iterations, 0, double.PositiveInfinity, 1, default), iterations => Lloyd.Run(view, start, iterations, 0)])
        {
            fit(2);
            long few = Allocated(fit, 3);
            // Less when the compiler has meanwhile found what can live on the stack, or one object more; the smallest one in each of 17 more iterations would be 408 bytes.
            Assert.InRange(Allocated(fit, 20), 0, few + 200);
        }

        static long Allocated(Action<int> fit, int iterations)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            fit(iterations);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Labelling_allocates_nothing_on_either_of_two_threads()
    {
        var random = new RandomStream(14);
        var table = new Matrix(8192, 16, [.. Enumerable.Range(0, 8192 * 16).Select(_ => random.Gaussian())]);
        var (view, singles) = (new RowView(table), new SingleRows(new(table), threads: 1));
        var nearest = new NearestCentres(5, 16);
        nearest.Place(table.Values.AsSpan(0, 80));
        var placed = new SingleCentres(5, 16);
        placed.Place(singles.Frame.Enter(table.Values.AsSpan(0, 80)));
        var labels = new int[8192];
        var allocated = new long[2];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(half => new Thread(() =>
        {
            Work(half);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Work(half);
            allocated[half] = GC.GetAllocatedBytesForCurrentThread() - before;
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.Equal([0L, 0L], allocated);

        void Work(int half)
        {
            nearest.Label(view, 4096 * half, 4096 * (half + 1), labels.AsSpan(4096 * half, 4096));
            for (int group = 256 * half; group < 256 * (half + 1); group += 2)
                NearestSingles.Of(singles, placed, group, group + 1, out _, out _);
        }
    }

    [Fact]
    public void Iterations_allocate_nothing_on_either_of_two_threads()
    {
        var random = new RandomStream(15);
        var table = new Matrix(4 * Blocks.Rows, 7, [.. Enumerable.Range(0, 4 * Blocks.Rows * 7).Select(_ => random.Gaussian())]);
        double[] near = table.Values[..35], far = [.. near.Select(x => x / 2)];
        foreach (LloydPass pass in (LloydPass[])[new SinglePass(new(new(table), threads: 1), 5, threads: 2), new ExactPass(new(table), 5, threads: 2)])
        {
            var allocated = new long[2];
            using var ready = new Barrier(3);
            Thread[] threads = [.. Enumerable.Range(0, 2).Select(half => new Thread(() =>
            {
                for (int iteration = 0; iteration < 12; iteration++)
                {
                    ready.SignalAndWait();
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    pass.RunBlock(2 * half);
                    pass.RunBlock(2 * half + 1);
                    allocated[half] += iteration < 2 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
                    ready.SignalAndWait();
                }
            }))];
            foreach (var thread in threads)
                thread.Start();
            for (int iteration = 0; iteration < 12; iteration++)
            {
                pass.Place(iteration % 2 == 0 ? near : far);      // labels and sums move every time
                ready.SignalAndWait();
                ready.SignalAndWait();
            }
            foreach (var thread in threads)
                thread.Join();
            Assert.Equal([0L, 0L], allocated);
        }
    }

    [Fact]
    public void Answers_go_into_memory_of_the_callers()
    {
        var (rows, centres, labels) = (new Matrix(3, 1, [0, 9, 1]), new Matrix(2, 1, [0, 10]), new int[3]);
        KMeans.Labels(rows, centres, labels);
        Assert.Equal([0, 1, 0], labels);
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Labels(rows, centres, new int[2]));
        var (distances, seconds) = (new double[3], new int[3]);
        KMeans.Assign(rows, centres, labels, distances, seconds);
        Assert.Equal([0.0, 1, 1], distances);
        Assert.Equal([1, 0, 1], seconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Assign(rows, centres, labels, distances, new int[2]));
    }

    [Fact]
    public void Momentum_comes_to_rest_where_plain_iteration_would_stay() => Prop.ForAll(Case.Any, c =>
    {
        var rows = new LaneRows(Smooth(c));
        double[] start = [.. Enumerable.Range(0, c.Clusters).SelectMany(i => rows.Row(i).ToArray())];
        var hurried = Lloyd.Hurry(rows.Singles, start, 300, 0, double.PositiveInfinity, 1, default);
        var again = Lloyd.Run(rows.Singles, hurried.Centres, 300, 0);
        return hurried.Converged && hurried.Labels.AsSpan(0, c.Rows).SequenceEqual(again.Labels.AsSpan(0, c.Rows));
    }).Holds();

    [Fact]
    public void Momentum_finds_lower_ends_in_fewer_iterations_where_there_are_no_groups()
    {
        var random = new RandomStream(12);
        var rows = new LaneRows(new(8000, 6, [.. Enumerable.Range(0, 48_000).Select(_ => random.Gaussian())]));
        double[][] starts = [.. Enumerable.Range(0, 8).Select(i => Seeding.Choose(rows, 6, new(5, i)))];
        LloydFit[] plain = [.. starts.Select(start => Lloyd.Run(rows.Singles, start, 300, 0))];
        LloydFit[] hurried = [.. starts.Select(start => Lloyd.Hurry(rows.Singles, start, 300, 0, double.PositiveInfinity, 1, default))];
        Assert.True(hurried.Average(fit => fit.Inertia) < plain.Average(fit => fit.Inertia));
        Assert.True(hurried.Average(fit => fit.Iterations) < 0.8 * plain.Average(fit => fit.Iterations));
    }

    [Fact]
    public void Batches_reach_the_centres_of_all_rows_together()
    {
        var random = new RandomStream(9);
        Matrix Batch() => new(500, 2, [.. Enumerable.Range(0, 1000).Select(i => 10.0 * (i / 2 % 4) + random.Gaussian())]);
        var batches = Enumerable.Range(0, 20).Select(_ => Batch()).ToList();
        var state = MiniBatchKMeans.Start(batches[0], new() { Clusters = 4 });
        foreach (var batch in batches.Skip(1))
            state = MiniBatchKMeans.Learn(state, batch);
        var all = KMeans.Fit(new(10_000, 2, [.. batches.SelectMany(batch => batch.Values)]), new() { Clusters = 4 });
        Assert.Equal(10_000, state.Seen.Sum());
        foreach (double at in (double[])[0, 10, 20, 30])
            Assert.Equal(Nearest(all.Centres, at), Nearest(state.Centres, at), 1e-9);

        static double Nearest(Matrix centres, double at) => Enumerable.Range(0, 4).Select(c => centres[c, 0]).MinBy(x => Math.Abs(x - at));
    }

    private static Matrix Smooth(Case c)
    {
        var random = new RandomStream(c.Seed, 3);
        return new(c.Rows, c.Columns, [.. Enumerable.Range(0, c.Rows * c.Columns).Select(_ => random.Gaussian())]);
    }

    private static Matrix Times(Matrix rows, double scale) => new(rows.Rows, rows.Columns, [.. rows.Values.Select(x => x * scale)]);

    private static Matrix First(Matrix rows, Case c) => rows.Take([.. Enumerable.Range(0, c.Clusters)]);

    private static KMeansFit FromFirstRows(Matrix rows, Case c, Matrix? of = null) => KMeans.Fit(rows, new() { Clusters = c.Clusters, Start = First(of ?? rows, c) });

    private static bool Near(KMeansFit a, KMeansFit b) =>
        Math.Abs(a.Inertia - b.Inertia) <= 1e-9 * a.Inertia + 1e-12 && a.Centres.Values.Zip(b.Centres.Values).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-10);
}
