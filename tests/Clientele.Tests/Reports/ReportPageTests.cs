using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Clientele.Cleaning;
using Clientele.Personas;
using Clientele.Reports;

namespace Clientele.Tests.Reports;

public sealed partial class ReportPageTests
{
    private static readonly ReportData Plain = new SampleReport().Data();
    private static readonly string PlainPage = Page(Plain);

    [Fact]
    public void A_report_of_20_segments_and_100_000_customers_is_at_most_1_500_000_bytes()
    {
        using var page = new MemoryStream();
        ReportPage.Write(page, new SampleReport { Customers = 100_000, Segments = 20 }.Data());
        Assert.InRange(page.Length, 800_000, 1_500_000);
    }

    [Fact]
    public void Longest_names_do_not_make_the_page_too_large()
    {
        using var page = new MemoryStream();
        ReportPage.Write(page, new SampleReport { Segments = 20, Customer = new string('c', 3_000), Product = new string('p', 5_000), Country = new string('o', 5_000) }.Data());
        Assert.InRange(page.Length, 800_000, 1_500_000);
    }

    [Fact]
    public void The_same_data_give_the_same_bytes_in_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NegativeSign) = (",", ".", "~");
            CultureInfo.CurrentCulture = other;
            Assert.Equal(PlainPage, Page(new SampleReport().Data()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_stream_gets_utf_8_without_a_mark_and_stays_open()
    {
        using var page = new MemoryStream();
        ReportPage.Write(page, Plain);
        Assert.Equal(PlainPage, Encoding.UTF8.GetString(page.ToArray()));
        Assert.Equal((byte)'<', page.ToArray()[0]);
        Assert.True(page.CanWrite);
        Assert.DoesNotContain('\r', PlainPage);
    }

    [Theory]
    [InlineData("<script>hacked=1</script>")]
    [InlineData("</script><img src=x onerror=hacked=1>")]
    [InlineData("\" onmouseover=\"hacked=1\" x='")]
    [InlineData("</title></style></table><!--")]
    [InlineData("line\u2028separator\u2029and\u202Eoverride\0nul")]
    public void Text_from_the_data_never_becomes_markup(string hostile)
    {
        string page = Page(new SampleReport { Shop = hostile, Customer = hostile, Product = hostile, Country = hostile }.Data());
        Assert.DoesNotContain(hostile, page);
        Assert.Equal(Tags().Count(PlainPage), Tags().Count(page));
        Assert.Equal(2, Regex.Count(page, "<script"));
        foreach (char forbidden in "\u2028\u2029\u202E\0")
            Assert.DoesNotContain(forbidden, page);
        Assert.Contains(WebUtility.HtmlEncode(hostile.Split('\u2028')[0]), page);
    }

    [Fact]
    public void Nothing_is_fetched_and_nothing_runs_but_what_the_policy_names()
    {
        string markup = WithoutScripts(PlainPage);
        Assert.DoesNotMatch(@"(?i)\ssrc\s*=|@import|url\(|href=""(?!#|data:)|\son\w+=|<iframe|<object|<base|\sstyle=", markup);
        string policy = Regex.Match(PlainPage, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy);
        foreach (Match block in Regex.Matches(PlainPage, "<(script|style)>(.*?)</\\1>", RegexOptions.Singleline))
            Assert.Contains(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block.Groups[2].Value))), policy);
    }

    [Fact]
    public void The_licences_of_the_charts_travel_with_the_page()
    {
        Assert.Contains("Licensed to the Apache Software Foundation", PlainPage);
        Assert.Contains("This product includes software developed at", PlainPage);
        Assert.Contains("Copyright (c) 2017, Baidu Inc.", PlainPage);
    }

    [Fact]
    public void Every_chart_holds_a_table_and_every_heading_follows_the_one_above()
    {
        foreach (Match figure in Regex.Matches(WithoutScripts(PlainPage), "<figure.*?</figure>", RegexOptions.Singleline))
            Assert.Matches("(?s)<details open>.*<table>.*<caption>.*<th scope=\"col\".*<td>", figure.Value);
        int above = 0;
        foreach (Match heading in Regex.Matches(WithoutScripts(PlainPage), "<h([1-6])"))
        {
            int level = heading.Groups[1].Value[0] - '0';
            Assert.InRange(level, 1, above + 1);
            above = level;
        }
        var ids = Regex.Matches(WithoutScripts(PlainPage), " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Subset(ids.ToHashSet(), Regex.Matches(PlainPage, "(?:href=\"#|aria-labelledby=\")([^\"]+)\"").Select(match => match.Groups[1].Value).ToHashSet());
    }

    [Fact]
    public void Every_persona_is_told_with_its_story_rule_and_action()
    {
        string text = Text(PlainPage);
        foreach (Persona persona in Plain.Personas)
            Assert.All([persona.Name, persona.Story, persona.Action, persona.Rule.Text[1..], .. persona.Examples], word => Assert.Contains(word, text));
    }

    [Fact]
    public void A_shop_without_prices_reads_nothing_of_money()
    {
        string text = Text(Page(new SampleReport { Money = false }.Data()));
        Assert.DoesNotContain("£", text);
        Assert.DoesNotContain("evenue", text);
        Assert.DoesNotContain("cent.", text);
        Assert.Contains("the source has no prices", text);
    }

    [Fact]
    public void What_customers_will_be_worth_stands_there_to_the_cent()
    {
        string text = Text(PlainPage);
        var portfolio = Plain.Lifetime!.Portfolio;
        Assert.All(portfolio.Personas.Append(portfolio.Total), group => Assert.Contains($"£{group.Expected.ToString("N2", CultureInfo.InvariantCulture)}", text));
        Assert.All([$"£{portfolio.AtRisk!.Amount.ToString("N2", CultureInfo.InvariantCulture)}", Plain.Lifetime.Contest!.Mean.Why, portfolio.Notes[0]], word => Assert.Contains(word, text));
    }

    [Fact]
    public void Without_values_there_are_no_sections_about_them()
    {
        string page = Page(Plain with { Lifetime = null });
        Assert.All(["id=\"value\"", "id=\"trust\"", "id=\"cohorts\"", "#value"], absent => Assert.DoesNotContain(absent, WithoutScripts(page)));
        Assert.Contains("too short for that", Page(Plain with { Lifetime = Plain.Lifetime! with { Contest = null } }));
    }

    [Fact]
    public void That_there_are_no_natural_groups_is_an_answer()
    {
        Assert.Contains("""<p class="verdict">No</p>""", Page(new SampleReport { NaturalGroups = null }.Data()));
        Assert.Contains("""<p class="verdict">Yes: 2</p>""", PlainPage);
    }

    [Fact]
    public void The_ledger_says_whether_it_adds_up()
    {
        Ledger ledger = Plain.Ledger;
        Assert.Contains("It adds up, to the row and to the cent.", PlainPage);
        Assert.Contains("It does not add up: 1 rows and £0.05", Page(Plain with { Ledger = ledger with { Read = new(ledger.Read.Rows + 1, ledger.Read.Revenue + 0.05m) } }));
    }

    [Fact]
    public void Offers_are_shown_with_how_often_they_came_true()
    {
        var count = new OfferCount();
        foreach (string product in new[] { "1", "2", "2", "3", "3", "3", "4", "4", "4", "4" })
            count.Add(new Recommendation("C1", 1, 1, product, product == "3" ? "" : $"JAM <{product}>"));
        string text = Text(Page(Plain with { Offers = count.Top(), HitRate = new(3, new(2024, 5, 2), new(2024, 6, 30), 210, 45, 30) }));
        Assert.Equal(["JAM <4>", "3", "JAM <2>"], Assert.Single(count.Top()).Products);
        Assert.Contains("JAM <4>", text);
        Assert.DoesNotContain("JAM <1>", text);
        Assert.Contains("By 30 June 2024, 21.4\u00A0% of 210 customers had newly bought at least one of theirs; of the shop's best-sellers it would have been 14.3\u00A0%.", text);
    }

    [Fact]
    public void Where_only_plain_evidence_was_asked_for_nothing_more_is_claimed()
    {
        var segmentation = Plain.Segmentation with
        {
            Natural = new(null, null, double.NaN, [], [.. Plain.Segmentation.Natural.Evidence.Skip(1).Select(each => each with
            {
                GapUniform = double.NaN, GapGaussian = double.NaN, PredictionStrength = double.NaN,
            })]),
            Recommended = new(5, false, []),
        };
        string page = Page(Plain with { Segmentation = segmentation });
        Assert.Contains("Not studied", page);
        Assert.Contains("id=\"silhouette\"", page);
        Assert.All(["id=\"gap-uniform\"", "id=\"prediction\"", "id=\"jaccards\"", "NaN"], absent => Assert.DoesNotContain(absent, WithoutScripts(page)));
    }

    private static string Page(ReportData data)
    {
        using var page = new StringWriter();
        ReportPage.Write(page, data);
        return page.ToString();
    }

    private static string WithoutScripts(string page) => Scripts().Replace(page, "");
    private static string Text(string page) => WebUtility.HtmlDecode(Tags().Replace(WithoutScripts(page), " "));

    [GeneratedRegex("<(script|style)>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<[a-zA-Z!/][^>]*>")]
    private static partial Regex Tags();
}
