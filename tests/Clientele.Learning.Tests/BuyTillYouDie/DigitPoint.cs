using System.Globalization;
using System.Text.Json.Nodes;

namespace Clientele.Learning.Tests;

/// <summary>Random customers and parameters on which every function is compared with forty digits: the test takes some hundred, the bench 10,000.</summary>
/// <remarks>x ≤ 5,000, t and T ≤ 10⁴, a and s in (.05, 5), r and b in (.05, 20), times in (.05, 200); every sixth is an edge: x = 0, t_x = T, a = 1, a + b &lt; 1, s = 1, α = β, α ≷ β.</remarks>
internal sealed record DigitPoint(string Name, double[] Parameters, PurchaseHistory History, double Horizon, double Rate)
{
    public static DigitPoint[] Make(int count, ulong seed) => [.. Enumerable.Range(0, count).Select(i => One(i, new RandomStream(seed, i)))];

    /// <summary>What a point looks like to the script.</summary>
    public JsonArray Ask() =>
        [Name, new JsonArray([.. Parameters.Select(p => (JsonNode)p)]), History.Frequency, History.Recency, History.Tenure, Horizon, Rate];

    /// <summary>The largest error of the three answers, relative; where P(alive) is below 1e-300 ours must be 0.</summary>
    public double Error(JsonArray values)
    {
        IPurchaseModel model = Name switch
        {
            "bg" => new BgNbd(Parameters[0], Parameters[1], Parameters[2], Parameters[3]),
            "mbg" => new MbgNbd(Parameters[0], Parameters[1], Parameters[2], Parameters[3]),
            _ => new ParetoNbd(Parameters[0], Parameters[1], Parameters[2], Parameters[3]),
        };
        bool gone = double.Parse(values[0]!.GetValue<string>(), CultureInfo.InvariantCulture) < 1e-300;
        double error = Math.Max(Of(0, model.ProbabilityAlive(History)), Of(1, model.ExpectedPurchases(History, Horizon)));
        return values[2] is null ? error : Math.Max(error, Of(2, model.DiscountedWithoutEnd(History, Rate)));

        double Of(int which, double ours) => gone ? ours : Math.Abs(ours / double.Parse(values[which]!.GetValue<string>(), CultureInfo.InvariantCulture) - 1);
    }

    private static DigitPoint One(int index, RandomStream random)
    {
        string name = (index % 3) switch { 0 => "bg", 1 => "mbg", _ => "pareto" };
        double[] parameters = [Between(.05, 20), Between(.05, 200), Between(.05, 5), name == "pareto" ? Between(.05, 200) : Between(.05, 20)];
        double tenure = Between(.1, 1e4), horizon = Between(.1, 1e4);
        int x = random.Below(4) is var few and < 3 ? few : (int)Between(1, 5000);
        double share = random.Below(3) switch { 0 => random.Unit(), 1 => 1 - Between(1e-6, 1), _ => 1 - Between(1e-3, .1) };
        switch (index / 3 % 12)
        {
            case 0:
                parameters[2] = 1;      // a, or s
                break;
            case 1:
                (x, parameters[2], parameters[3]) = name == "pareto" ? (x, 1 + 1e-9, parameters[1]) : (0, .3 * random.Unit() + .05, .3 * random.Unit() + .05);
                break;
            case 2:
                share = 1;
                break;
            case 3:
                parameters[3] = name == "pareto" ? parameters[1] * Between(1e-4, 1e4) : 1 - Math.Min(parameters[2], .9);
                break;
        }
        return new(name, parameters, new(x, x == 0 ? 0 : share * tenure, tenure), horizon, Between(1e-4, 1));

        double Between(double low, double high) => low * Math.Exp(random.Unit() * Math.Log(high / low));
    }
}
