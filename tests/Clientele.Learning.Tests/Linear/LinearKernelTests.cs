using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>Run again with wide vectors switched off (HardwareTests).</summary>
public sealed class LinearKernelTests
{
    [Fact]
    public void Vector_code_and_its_scalar_twin_agree_to_the_bit() => Prop.ForAll(Case.Any, c =>
    {
        double[] values = c.Table().Values, x = values[..(values.Length / 2)], y = values[(values.Length / 2)..];
        double[] plain = [.. y.Select((value, i) => i < x.Length ? Math.FusedMultiplyAdd(.3, x[i], value) : value)];
        ScaledAdd.Run(y, .3, x);
        return y.SequenceEqual(plain);
    }).Holds();

    [Fact]
    public void An_outer_product_fills_the_upper_triangle() => Prop.ForAll(Case.Any, c =>
    {
        double[] x = c.Table().Column(0), table = new double[x.Length * x.Length];
        ScaledAdd.OuterProduct(table, .7, x);
        return Enumerable.Range(0, table.Length).All(at => at / x.Length is var i && at % x.Length is var j && table[at] == (j < i ? 0 : .7 * x[i] * x[j]));
    }).Holds();

    [Fact]
    public void A_sum_over_rows_is_the_same_bits_on_any_number_of_threads()
    {
        double[] Sum(int threads) => [.. new ChunkedSum(50_000, 2, threads).Run((from, to, sums) =>
        {
            for (int i = from; i < to; i++)
            {
                sums[0] += Math.Sin(i);
                sums[1]++;
            }
        }, default)];
        Assert.Equal(Sum(1), Sum(7));
        Assert.Equal(50_000, Sum(2)[1]);
    }
}
