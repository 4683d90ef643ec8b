using System.Text.Json;
using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

public sealed class StatesTests
{
    [Fact]
    public void Every_state_survives_json_to_the_bit()
    {
        var rows = Tables.Iris.Rows;
        RoundTrip(StandardScaler.Fit(rows), rows);
        RoundTrip(RobustScaler.Fit(rows), rows);
        RoundTrip(YeoJohnson.Fit(rows), rows);
        RoundTrip(LogTransform.Fit(rows), rows);
        RoundTrip(Pca.Fit(rows), rows);
        var forest = IsolationForest.Fit(rows);
        Assert.Equal(forest.Score(rows), JsonSerializer.Deserialize<IsolationForestModel>(JsonSerializer.Serialize(forest))!.Score(rows));
    }

    [Fact]
    public void A_row_is_transformed_the_same_alone_as_among_others() => Prop.ForAll(Case.Any, c =>
    {
        var rows = c.Table();
        int one = (int)(c.Seed % (ulong)c.Rows);
        return new IRowTransform[] { StandardScaler.Fit(rows), RobustScaler.Fit(rows), YeoJohnson.Fit(rows), LogTransform.Fit(rows), Pca.Fit(rows) }
            .All(state => state.Transform(rows).Row(one).SequenceEqual(state.Transform(rows.Take([one])).Row(0)));
    }).Holds();

    [Fact]
    public void Components_stand_at_right_angles_and_keep_all_variance() => Prop.ForAll(Case.Any, c =>
    {
        var rows = c.Table();
        var pca = Pca.Fit(rows, new() { Components = c.Columns });
        double total = Enumerable.Range(0, c.Columns).Sum(j => Math.Pow(StandardScaler.Fit(rows.TakeColumns([j])).Scales[0], 2));
        bool right = true;
        for (int a = 0; a < c.Columns; a++)
            for (int b = 0; b <= a; b++)
            {
                double product = pca.Components.Row(a).ToArray().Zip(pca.Components.Row(b).ToArray(), (x, y) => x * y).Sum();
                right &= Math.Abs(product - (a == b ? 1 : 0)) < 1e-10;
            }
        double constant = Enumerable.Range(0, c.Columns).Count(j => rows.Column(j).Distinct().Count() == 1);
        return right && (constant > 0 || Math.Abs(pca.Variances.Sum() / (total * c.Rows / (c.Rows - 1)) - 1) < 1e-10);
    }).Holds();

    [Fact]
    public void Yeo_Johnson_keeps_the_order_of_values() => Prop.ForAll(Case.Any, c =>
    {
        double[] column = c.Table().Column(0);
        double[] bent = YeoJohnson.Fit(new(c.Rows, 1, column)).Transform(new(c.Rows, 1, column)).Values;
        Array.Sort(column, bent);
        return bent.All(double.IsFinite) && bent.Zip(bent.Skip(1)).All(pair => pair.First <= pair.Second);
    }).Holds();

    [Fact]
    public void Another_number_of_columns_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardScaler.Fit(new(3, 2)).Transform(new(3, 3)));

    private static void RoundTrip<T>(T state, Matrix rows) where T : IRowTransform =>
        Assert.Equal(state.Transform(rows).Values, JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(state))!.Transform(rows).Values);
}
