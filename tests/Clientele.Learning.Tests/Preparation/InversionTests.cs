using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>What a transform does can be taken back, over tables of size 1e-30 … 1e30.</summary>
public sealed class InversionTests
{
    [Theory, InlineData(1), InlineData(1e-30), InlineData(1e30)]
    public void Scaling_can_be_taken_back(double unit) => Prop.ForAll(Case.Any, c =>
    {
        var rows = InUnits(c.Table(), unit);
        return new IInvertibleTransform[] { StandardScaler.Fit(rows), RobustScaler.Fit(rows) }
            .All(state => Back(state, rows, (x, j) => 4e-15 * (Math.Abs(x) + rows.Column(j).Max(Math.Abs))));
    }).Holds();

    [Theory, InlineData(1), InlineData(1e-30), InlineData(1e30)]
    public void Logarithms_can_be_taken_back(double unit) => Prop.ForAll(Case.Any, c =>
    {
        var rows = InUnits(c.Table(), unit);
        // An error in the last digit of ln x is ln x times as large in x.
        return Back(LogTransform.Fit(rows), rows, (x, _) => 1e-15 * Math.Abs(x) * (1 + Math.Log(1 + Math.Abs(x))));
    }).Holds();

    [Theory, InlineData(1), InlineData(1e-30)]
    public void Powers_can_be_taken_back_as_far_as_their_slope_lets(double unit) => Prop.ForAll(Case.Any, c =>
    {
        var rows = InUnits((c with { Exponent = c.Exponent % 3 }).Table(), unit);
        var state = YeoJohnson.Fit(rows);
        return Back(state, rows, (x, j) =>
        {
            double power = x >= 0 ? state.Lambdas[j] : 2 - state.Lambdas[j], log = Math.Log(1 + Math.Abs(x));
            // ψ's last digit over its slope, and the last digits of the logarithms on the way.
            return 1e-14 * (Math.Abs(YeoJohnson.Bend(x, state.Lambdas[j])) * Math.Exp((1 - power) * log) + Math.Abs(x) * (1 + log));
        });
    }).Holds();

    [Theory, InlineData(-2), InlineData(-.5), InlineData(0), InlineData(1e-9), InlineData(.7), InlineData(2), InlineData(2.5), InlineData(4)]
    public void Every_power_can_be_taken_back(double lambda)
    {
        foreach (double x in new[] { -20, -3, -1, -1e-3, -1e-30, 0, 1e-30, 1e-3, 1, 3, 20 })
            Assert.Equal(x, YeoJohnson.Unbend(YeoJohnson.Bend(x, lambda), lambda), 1e-9 * Math.Abs(x));
    }

    [Fact]
    public void Beyond_the_bound_of_a_power_lies_infinity()
    {
        Assert.Equal(double.PositiveInfinity, YeoJohnson.Unbend(.5, -2));
        Assert.Equal(double.PositiveInfinity, YeoJohnson.Unbend(.6, -2));
        Assert.Equal(double.NegativeInfinity, YeoJohnson.Unbend(-.6, 4));
    }

    [Theory, InlineData(QuantileShape.Uniform, 1), InlineData(QuantileShape.Uniform, 1e30), InlineData(QuantileShape.Normal, 1), InlineData(QuantileShape.Normal, 1e-30)]
    public void Quantiles_can_be_taken_back(QuantileShape shape, double unit) => Prop.ForAll(Case.Any, c =>
    {
        var rows = InUnits(c.Table(), unit);
        return Back(QuantileTransform.Fit(rows, new() { Shape = shape }), rows, (_, j) => 1e-9 * rows.Column(j).Max(Math.Abs));
    }).Holds();

    [Fact]
    public void All_components_can_be_taken_back_and_some_give_the_nearest_point_of_their_plane() => Prop.ForAll(Case.Any, c =>
    {
        var rows = c.Table();
        double size = rows.Values.Max(Math.Abs);
        if (!Back(Pca.Fit(rows, new() { Components = c.Columns }), rows, (_, _) => 1e-12 * size))
            return false;
        var some = Pca.Fit(rows, new() { Components = Math.Max(1, c.Columns / 2) });
        var scores = some.Transform(rows);
        return some.Transform(some.Invert(scores)).Values.Zip(scores.Values).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-11 * size);
    }).Holds();

    [Fact]
    public void Column_transforms_keep_the_order_of_values() => Prop.ForAll(Case.Any, c =>
    {
        var column = new Matrix(c.Rows, 1, [.. c.Table().Column(0).Order()]);
        return Fitted(column).Where(state => state is not PcaState).All(state =>
        {
            double[] values = state.Transform(column).Values;
            return values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second);
        });
    }).Holds();

    [Fact]
    public void One_row_and_constant_columns_stay_finite()
    {
        foreach (double value in new[] { 0, .1, -7, 1e30, -1e-30 })
            foreach (int n in new[] { 1, 5 })
            {
                var rows = new Matrix(n, 1, [.. Enumerable.Repeat(value, n)]);
                foreach (var state in Fitted(rows).Where(state => state is not PcaState || n > 1))
                {
                    Assert.All(state.Transform(rows).Values, x => Assert.True(double.IsFinite(x)));
                    if (state is IInvertibleTransform invertible)
                        Assert.All(invertible.Invert(state.Transform(rows)).Values, x => Assert.Equal(value, x, 1e-13 * Math.Abs(value)));
                }
            }
        Assert.Equal([.5], QuantileTransform.Fit(new(1, 1, [3])).Transform(new(1, 1, [3])).Values);
    }

    [Fact]
    public void Every_state_refuses_what_is_no_number_and_names_its_place()
    {
        var rows = Tables.Iris.Rows;
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            var spoilt = new Matrix(rows.Rows, rows.Columns, [.. rows.Values]) { [5, 2] = bad };
            foreach (var state in Fitted(rows))
            {
                var refused = Assert.Throws<NotFiniteException>(() => state.Transform(spoilt));
                Assert.Equal((5, 2), (refused.Row, refused.Column));
            }
            foreach (var fit in new Action[]
            {
                () => StandardScaler.Fit(spoilt), () => RobustScaler.Fit(spoilt), () => LogTransform.Fit(spoilt), () => YeoJohnson.Fit(spoilt), () => Pca.Fit(spoilt),
                () => QuantileTransform.Fit(spoilt), () => Winsoriser.Fit(spoilt), () => RandomisedPca.Fit(spoilt, new() { Components = 2 }),
            })
                Assert.Equal(2, Assert.Throws<NotFiniteException>(fit).Column);
        }
    }

    [Fact]
    public void The_new_states_survive_json_to_the_bit()
    {
        var rows = Tables.Iris.Rows;
        Same(QuantileTransform.Fit(rows, new() { Quantiles = 30, Shape = QuantileShape.Normal }));
        Same(Winsoriser.Fit(rows));
        Same(RandomisedPca.Fit(rows, new() { Components = 2 }));
        void Same<T>(T state) where T : IRowTransform =>
            Assert.Equal(state.Transform(rows).Values, JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(state))!.Transform(rows).Values);
    }

    private static IRowTransform[] Fitted(Matrix rows) =>
    [
        StandardScaler.Fit(rows), RobustScaler.Fit(rows), LogTransform.Fit(rows), YeoJohnson.Fit(rows), Winsoriser.Fit(rows),
        QuantileTransform.Fit(rows), QuantileTransform.Fit(rows, new() { Shape = QuantileShape.Normal }), .. rows.Rows > 1 ? [Pca.Fit(rows)] : Array.Empty<IRowTransform>(),
    ];

    private static bool Back(IInvertibleTransform state, Matrix rows, Func<double, int, double> tolerance)
    {
        var back = state.Invert(state.Transform(rows));
        return Enumerable.Range(0, rows.Values.Length).All(at => Math.Abs(back.Values[at] - rows.Values[at]) <= tolerance(rows.Values[at], at % rows.Columns));
    }

    private static Matrix InUnits(Matrix rows, double unit) => new(rows.Rows, rows.Columns, [.. rows.Values.Select(value => value * unit)]);
}
