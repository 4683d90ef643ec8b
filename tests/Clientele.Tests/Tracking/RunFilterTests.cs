using Clientele.Problems;
using Clientele.Tracking;
using FsCheck.Fluent;

namespace Clientele.Tests.Tracking;

public sealed class RunFilterTests
{
    [Theory]
    [InlineData("metrics.silhouette >", "filter:1:21", "A value is missing.")]
    [InlineData("metrics.silhouette", "filter:1:19", "A comparison is missing.")]
    [InlineData("metrics.silhouette like 'x'", "filter:1:20", "'like' does not compare metrics.silhouette.")]
    [InlineData("metrics.silhouette > '0.4'", "filter:1:22", "'0.4' is not a number.")]
    [InlineData("params.k = 4", "filter:1:12", "params.k is a text, and 4 has no quotes.")]
    [InlineData("metric.x > 1", "filter:1:1", "Did you mean 'metrics'?")]
    [InlineData("stat = 'failed'", "filter:1:1", "Did you mean 'state'?")]
    [InlineData("state = 'faild'", "filter:1:9", "Did you mean 'Failed'?")]
    [InlineData("state = 'failed' or kind = 'train'", "filter:1:18", "there is no 'or'")]
    [InlineData("tags.x = 'never closed", "filter:1:10", "This quote is never closed.")]
    [InlineData("metrics. > 1", "filter:1:9", "A name is missing behind the dot.")]
    [InlineData("created_at > '2026-13-01'", "filter:1:14", "is not a moment")]
    [InlineData("= 3", "filter:1:1", "A field is expected")]
    public void What_is_wrong_is_said_with_its_column(string filter, string place, string words)
    {
        var problem = Assert.Throws<ProblemException>(() => RunFilter.Parse(filter)).Problem;

        Assert.Equal(("usage/filter", place), (problem.Kind, problem.Where!.ToString()));
        Assert.Contains(words, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_within_are_written_twice() =>
        Assert.Equal("o'hare \"x\"", Assert.Single(RunFilter.Parse("tags.`a \"b\" c` = 'o''hare \"x\"'").Conditions).Value);

    [Fact]
    public void No_text_does_anything_but_parse_or_be_refused()
    {
        string[] words = ["metrics", "params", ".", "x", "=", ">", "!", "'", "\"", "`", " ", "and", "like", "0.4", "'a'", "é", "\0", "%", "state", "1e999"];
        Prop.ForAll(Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary(), text =>
        {
            try
            {
                RunFilter.Parse(text);
                return true;
            }
            catch (ProblemException refused)
            {
                return refused.Problem.Kind == "usage/filter" && refused.Problem.Where!.Column <= text.Length + 1;
            }
        }).Holds(cases: 2_000);
    }
}
