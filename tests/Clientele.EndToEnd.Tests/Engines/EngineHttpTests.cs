using System.Net;
using Clientele.Engines;

namespace Clientele.Tests.Engines;

/// <summary>The embedded engine's own HTTP, as ClickHouse's is documented.</summary>
public sealed class EngineHttpTests : IAsyncLifetime
{
    private EmbeddedEngine engine = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        engine = await EmbeddedEngine.Start(new(), default);
        http = new(new SocketsHttpHandler { ConnectCallback = (_, cancel) => engine.Connect(cancel) }) { BaseAddress = new("http://engine/") };
        http.DefaultRequestHeaders.Add("X-ClickHouse-Key", engine.Secret);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task It_answers_a_ping() => Assert.Equal("Ok.\n", await http.GetStringAsync("ping"));

    [Theory, InlineData(null), InlineData("guess")]
    public async Task Without_the_secret_it_refuses_all(string? secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "?query=SELECT+1");
        using var stranger = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancel) => engine.Connect(cancel) }) { BaseAddress = http.BaseAddress };
        if (secret is not null)
            request.Headers.Add("X-ClickHouse-Key", secret);
        using var response = await stranger.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("516", Assert.Single(response.Headers.GetValues("X-ClickHouse-Exception-Code")));
    }

    [Theory]
    [InlineData("SELEC 1", 400, 62)]
    [InlineData("SELECT * FROM no_such_table", 404, 60)]
    [InlineData("SELECT no_such_function(1)", 404, 46)]
    [InlineData("SELECT no_such_column", 404, 47)]
    [InlineData("SELECT 1 FORMAT NoSuchFormat", 404, 73)]
    [InlineData("SELECT 1 FROM no_such_database.t", 404, 81)]
    [InlineData("SELECT 1 SETTINGS no_such_setting = 1", 404, 115)]
    [InlineData("SELECT {x:UInt8}", 400, 456)]
    [InlineData("SELECT throwIf(1)", 500, 395)]
    [InlineData("SELECT 1; SELECT 2", 400, 62)]
    [InlineData("SELECT ';' /* ; */; -- ;\n SELECT 2", 400, 62)]
    [InlineData("INSERT INTO no_such_table FORMAT CSV\n1;2", 404, 60)]
    public async Task An_error_has_the_status_the_code_and_the_text_of_a_server(string sql, int status, int code)
    {
        using var response = await http.PostAsync("", new StringContent(sql));
        string text = await response.Content.ReadAsStringAsync();
        Assert.Equal((status, $"{code}"), ((int)response.StatusCode, Assert.Single(response.Headers.GetValues("X-ClickHouse-Exception-Code"))));
        Assert.StartsWith($"Code: {code}. DB::Exception: ", text);
    }

    [Theory]
    [InlineData("SELECT 1", "1\n")]
    [InlineData("SELECT 1;", "1\n")]
    [InlineData(" ; ", "")]
    [InlineData("SELECT ';', \"a;b\" FROM (SELECT 2 AS `a;b`) -- ; \n # ;\n /* ; */ ;;", ";\t2\n")]
    [InlineData("SELECT $x$it's; $x$ AS t", "it\\'s; \n")]
    [InlineData("SELECT 'it''s \\'; ' AS t", "it\\'s \\'; \n")]
    [InlineData("SELECT 1 AS format FORMAT CSV", "1\n")]
    [InlineData("(SELECT 1 AS a) UNION ALL (SELECT 1)", "1\n1\n")]
    [InlineData("WITH 5 AS k SELECT k FORMAT CSVWithNames SETTINGS max_threads = 1", "\"k\"\n5\n")]
    [InlineData("EXISTS TABLE no_such_table", "0\n")]
    public async Task One_statement_of_any_kind_is_answered(string sql, string answer) =>
        Assert.Equal(answer, await (await http.PostAsync("", new StringContent(sql))).Content.ReadAsStringAsync());

    [Theory]
    [InlineData("INSERT INTO t VALUES (1, 'a;b'), (2, 'c')", "", "1,a;b|2,c")]
    [InlineData("INSERT INTO t (b, a) VALUES", "('x', 3)", "3,x")]
    [InlineData("INSERT INTO t FORMAT CSV\n1,a;b\n2,c\n", "", "1,a;b|2,c")]
    [InlineData("INSERT INTO t FORMAT CSV", "5,\"x\ny\"\n", "5,x\ny")]
    [InlineData("insert into t (a) format TabSeparated", "7\n8\n", "7,|8,")]
    [InlineData("INSERT INTO t SELECT number, 'format' FROM numbers(2)", "", "0,format|1,format")]
    [InlineData("INSERT INTO TABLE t FORMAT JSONEachRow", "{\"a\": 1, \"b\": \"z\"}", "1,z")]
    public async Task Data_reach_a_table_from_the_text_or_the_body(string insert, string body, string rows)
    {
        using var created = await http.PostAsync("", new StringContent("CREATE TABLE t (a UInt32, b String) ENGINE = Memory"));
        string address = body.Length == 0 ? "" : $"?query={Uri.EscapeDataString(insert)}";
        using var inserted = await http.PostAsync(address, new StringContent(body.Length == 0 ? insert : body));
        Assert.Equal("", await inserted.Content.ReadAsStringAsync());
        Assert.Equal(rows, await http.GetStringAsync($"?query={Uri.EscapeDataString("SELECT arrayStringConcat(arraySort(groupArray(concat(toString(a), ',', b))), '|') FROM t FORMAT TSVRaw")}").ContinueWith(t => t.Result.TrimEnd('\n')));
    }

    [Theory]
    [InlineData("?max_threads=3&query=SELECT+getSetting('max_threads')", "3\n")]
    [InlineData("?param_x=a%5Ctb&query=SELECT+length({x:String})", "3\n")]
    [InlineData("?default_format=JSONEachRow&query=SELECT+1+AS+one", "{\"one\":1}\n")]
    [InlineData("?database=system&query=SELECT+count()+FROM+one", "1\n")]
    [InlineData("?query=SELECT+timezone()", "UTC\n")]
    public async Task Settings_parameters_format_and_database_come_in_the_address(string address, string answer) =>
        Assert.Equal(answer, await http.GetStringAsync(address));

    [Theory]
    [InlineData("?max_execution_time=1&query=SELECT+count()+FROM+numbers(1000000000000)+WHERE+NOT+ignore(sipHash64(number))", 159)]
    [InlineData("?max_memory_usage=1000000&query=SELECT+length(groupArray(number))+FROM+numbers(10000000)", 241)]
    [InlineData("?no_such_setting=1&query=SELECT+1", 115)]
    [InlineData("?x'%20y=1&query=SELECT+1", 115)]
    [InlineData("?query=CREATE+TABLE+u+(a+Int8)+ENGINE=Memory", 164)]
    public async Task Limits_hold_and_a_GET_changes_nothing(string address, int code)
    {
        using var response = await http.GetAsync(address);
        Assert.StartsWith($"Code: {code}.", await response.Content.ReadAsStringAsync());
        Assert.Equal("1\n", await http.GetStringAsync("?query=SELECT+1"));
    }
}
