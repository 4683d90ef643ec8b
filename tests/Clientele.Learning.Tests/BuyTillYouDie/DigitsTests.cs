using System.Text;
using System.Text.Json.Nodes;

namespace Clientele.Learning.Tests;

public sealed class DigitsTests
{
    [Fact]
    public void Every_function_equals_forty_digits_to_1e_12()     // 10,000 points: ./dev bench prediction-btyd-digits
    {
        var points = DigitPoint.Make(600, seed: 7);
        string ask = new JsonObject { ["points"] = new JsonArray([.. points.Select(point => point.Ask())]) }.ToJsonString();
        byte[] answer = PeerScript.Run("btyd_digits.py", Encoding.UTF8.GetBytes(ask + "\nround\n"));
        var values = JsonNode.Parse(Encoding.UTF8.GetString(answer).Split('\n')[1])!["values"]!.AsArray();
        Assert.Equal(points.Length, values.Count);
        Assert.All(points.Zip(values), pair => Assert.InRange(pair.First.Error(pair.Second!.AsArray()), 0, 1e-12));
    }
}
