using Clientele.Reports;
using Microsoft.Playwright;

namespace Clientele.Tests.Reports;

public sealed class ReportInBrowserTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly Lazy<ReportData> Sample = new(() => new SampleReport().Data());

    public static TheoryData<int, ColorScheme> Looks => new() { { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 390, ColorScheme.Light }, { 390, ColorScheme.Dark } };

    [Theory, MemberData(nameof(Looks))]
    public async Task Charts_are_drawn_without_a_word_of_complaint_or_a_request(int width, ColorScheme colours)
    {
        await using var window = await browser.Window(width, colours);
        var (page, complaints) = await Open(window, Sample.Value);

        int figures = await page.Locator("figure[data-chart]").CountAsync();
        Assert.True(figures >= 12);
        Assert.Equal(figures, await page.EvaluateAsync<int>("""
            [...document.querySelectorAll('figure[data-chart] .canvas canvas')].filter(canvas => {
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let drawn = 0;
              for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) drawn++;
              return drawn > 500;
            }).length
            """));
        Assert.Equal(0, await page.Locator("figure[data-chart] details[open]").CountAsync());
        Assert.Empty(complaints);
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task The_page_is_never_wider_than_the_window(int width, ColorScheme colours)
    {
        await using var window = await browser.Window(width, colours);
        var (page, _) = await Open(window, new SampleReport { Segments = 20, Shop = new string('W', 80), Product = new string('P', 120), Customer = new string('C', 90) }.Data());
        await page.EvaluateAsync("for (const details of document.querySelectorAll('details')) details.open = true");
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task All_text_stands_out_from_what_is_behind_it(int width, ColorScheme colours)
    {
        await using var window = await browser.Window(width, colours);
        var (page, _) = await Open(window, Sample.Value);
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => {
              // "rgb(1, 2, 3)", or "color(srgb 0.1 0.2 0.3)" of a mixed colour
              const parse = text => { const v = text.match(/[\d.]+/g).map(Number); return text.startsWith('color') ? v.map((x, i) => i < 3 ? x * 255 : x) : v; };
              const light = rgb => rgb.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = node => { for (; node; node = node.parentElement) { const c = parse(getComputedStyle(node).backgroundColor); if (c.length < 4 || c[3] > 0.99) return c; } return [255, 255, 255]; };
              const bad = new Set();
              for (const node of document.querySelectorAll('body *:not(script)')) {
                if (![...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) || !node.checkVisibility()) continue;
                const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
                if ((a + 0.05) / (b + 0.05) < 4.5) bad.add(`${node.tagName}.${node.className}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
              }
              return [...bad];
            }
            """));
    }

    [Fact]
    public async Task A_chart_shows_the_very_numbers_of_its_table()
    {
        await using var window = await browser.Window();
        var (page, _) = await Open(window, Sample.Value);
        double[][] drawn = await page.EvaluateAsync<double[][]>("echarts.getInstanceByDom(document.querySelector('#shares .canvas')).getOption().series.map(series => series.data)");
        string[] shown = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#shares tbody td')].map(cell => cell.textContent)");
        int columns = shown.Length / Sample.Value.Personas.Count;
        for (int row = 0; row < Sample.Value.Personas.Count; row++)
            for (int series = 0; series < 2; series++)
                Assert.Equal(shown[row * columns + series], FormattableString.Invariant($"{drawn[series][row]:0.0}\u00A0%"));
    }

    [Fact]
    public async Task Another_feature_can_be_chosen()
    {
        await using var window = await browser.Window();
        var (page, complaints) = await Open(window, Sample.Value);
        const string Unit = "echarts.getInstanceByDom(document.querySelector('#spread .canvas')).getOption().xAxis[0].name";
        Assert.Equal("days since last order", await page.EvaluateAsync<string>(Unit));
        await page.GetByRole(AriaRole.Combobox).SelectOptionAsync("total spend");
        Assert.Equal("total spend (GBP)", await page.EvaluateAsync<string>(Unit));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Pointing_at_a_chart_tells_the_number()
    {
        await using var window = await browser.Window();
        var (page, complaints) = await Open(window, Sample.Value);
        await page.Locator("#shares .canvas").ScrollIntoViewIfNeededAsync();
        await page.Locator("#shares .canvas").HoverAsync();
        await Assertions.Expect(page.Locator("#shares .tip")).ToContainTextAsync("Share of revenue: ");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Without_script_the_tables_stand_open()
    {
        await using var window = await browser.Window(390, script: false);
        var (page, _) = await Open(window, Sample.Value);
        int figures = await page.Locator("figure[data-chart]").CountAsync();
        Assert.Equal(figures, await page.Locator("figure[data-chart] table").Filter(new() { Visible = true }).CountAsync());
        Assert.False(await page.Locator("#theme").IsVisibleAsync());
    }

    [Theory, InlineData(ColorScheme.Light), InlineData(ColorScheme.Dark)]
    public async Task The_button_turns_light_into_dark_and_back(ColorScheme colours)
    {
        await using var window = await browser.Window(colours: colours);
        var (page, _) = await Open(window, Sample.Value);
        const string Background = "getComputedStyle(document.body).backgroundColor", Ink = "echarts.getInstanceByDom(document.querySelector('#shares .canvas')).getOption().textStyle.color";
        async Task<string[]> Colours() => [await page.EvaluateAsync<string>(Background), await page.EvaluateAsync<string>(Ink)];
        string[] before = await Colours();
        await page.Locator("#theme").ClickAsync();
        string[] turned = await Colours();
        Assert.All(before.Zip(turned), pair => Assert.NotEqual(pair.First, pair.Second));
        await page.Locator("#theme").ClickAsync();
        Assert.Equal(before, await Colours());
    }

    [Fact]
    public async Task On_paper_it_is_light_and_the_charts_are_there()
    {
        await using var window = await browser.Window(colours: ColorScheme.Dark);
        var (page, complaints) = await Open(window, Sample.Value);
        byte[] paper = await page.PdfAsync(new() { Format = "A4" });
        Assert.True(paper.Length > 50_000);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal("light", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme"));
        Assert.True(await page.Locator("#customers canvas").IsVisibleAsync());
        Assert.False(await page.Locator("nav").IsVisibleAsync());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task The_keyboard_reaches_the_answer_first_and_every_box_that_scrolls()
    {
        await using var window = await browser.Window();
        var (page, _) = await Open(window, Sample.Value);
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("#main", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal(0, await page.Locator(".scroll:not([tabindex='0'][role='region'][aria-label])").CountAsync());
    }

    [Fact]
    public async Task Hostile_names_do_nothing()
    {
        const string Hostile = "</script><img src=x onerror=\"hacked=1\"><script>hacked=1</script>";
        await using var window = await browser.Window();
        var (page, complaints) = await Open(window, new SampleReport { Shop = Hostile, Product = Hostile, Country = Hostile, Customer = Hostile }.Data());
        Assert.Equal(Hostile, await page.Locator("h1").TextContentAsync());
        Assert.True(await page.EvaluateAsync<bool>("typeof hacked === 'undefined'"));
        Assert.Empty(complaints);
    }

    /// <summary>Opens a report; what the browser logs, refuses or asks of a network is collected.</summary>
    private async Task<(IPage Page, List<string> Complaints)> Open(IBrowserContext window, ReportData data)
    {
        string address = browser.Keep($"{Guid.NewGuid():N}.html", file => ReportPage.Write(file, data));
        var page = await window.NewPageAsync();
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (request.Url != address && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                complaints.Add(request.Url);
        };
        await page.GotoAsync(address);
        return (page, complaints);
    }
}
