namespace Clientele.Tests.Attacks;

/// <summary>What attackers send, by kind: forms that did harm to other services of this field, and their usual disguises.</summary>
internal static class Payloads
{
    /// <summary>Paths that try to leave a folder.</summary>
    public static IReadOnlyList<string> Traversals { get; } =
    [
        "../etc/passwd", "../../etc/passwd", "../../../../../../../../etc/passwd", "..", "../", ".", "./", "...", "..../..../etc/passwd", "....//....//etc/passwd", "..././..././etc/passwd",
        "/etc/passwd", "//etc/passwd", "///etc///passwd", "/../etc/passwd", "/./etc/passwd", "a/../../etc/passwd", "a/b/../../../etc/passwd", "runs/latest/../../../clientele.yaml", "./../clientele.yaml",
        "%2e%2e/etc/passwd", "%2e%2e%2fetc%2fpasswd", "..%2fetc%2fpasswd", "%2e%2e%5cetc", "..%5c..%5cetc", "%252e%252e%252fetc%252fpasswd", "..%252f..%252fetc", "%25252e%25252e%25252f", "..%c0%af..%c0%afetc", "..%c1%9cetc",
        "%c0%ae%c0%ae/etc/passwd", "%uff0e%uff0e/etc", "..%u2215etc", "%e0%80%af", "..\\..\\windows\\win.ini", "..\\../etc", "\\\\server\\share\\x", "\\\\?\\C:\\x", "\\\\.\\pipe\\x", "C:\\windows\\win.ini", "C:/windows/win.ini", "c:x",
        "file:///etc/passwd", "file:/etc/passwd", "file://localhost/etc/passwd", "http:///#/../../etc", "model#/../../etc/passwd", "model?/../../etc/passwd", "runs:/../../x", "models:/../x", "mlflow-artifacts:/../x",
        "etc/passwd%00", "x%00.json", "x\0.json", "../x\0", "~/x", "~root/.ssh/id_rsa", "$HOME/x", "${HOME}/x", "/proc/self/environ", "/proc/self/fd/0", "/dev/stdin", "/dev/zero", "x/.", "x/..", "x/../", ".clientele/lock", "x:stream", "x::$DATA",
        "CON", "NUL", "aux.txt", "x.", "x ", " ../x", "..;/x", "..;/manager/html", "/..;/x", "\u2025/etc", "\uFF0E\uFF0E/etc", "\u2024\u2024/etc", "..\u2215etc", "..\u2044etc", "%2e%2e%3b/x", "..%09/x", "..%0d%0a/x", ".%00./x",
    ];

    /// <summary>Addresses that would make a server ask where it should not.</summary>
    public static IReadOnlyList<string> Addresses { get; } =
    [
        "http://127.0.0.1/", "http://127.0.0.1:22/", "http://localhost/", "http://localhost:8080/api/v1/models", "http://0.0.0.0/", "http://0/", "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://127.127.127.127/", "http://169.254.169.254/latest/meta-data/",
        "http://169.254.169.254/computeMetadata/v1/", "http://metadata.google.internal/", "http://[fd00:ec2::254]/", "http://[fe80::1]/", "http://100.100.100.200/", "http://192.168.0.1/", "http://10.0.0.1/", "http://172.16.0.1/", "http://100.64.0.1/",
        "http://127.0.0.1.nip.io/", "http://localtest.me/", "http://user:pass@127.0.0.1/", "http://example.com@127.0.0.1/", "http://127.0.0.1#@example.com/", "http://127.0.0.1\\@example.com/", "http://example.com%2f@127.0.0.1/", "http://\u2460\u2461\u2466.0.0.1/",
        "https://127.0.0.1/", "//127.0.0.1/", "ftp://127.0.0.1/", "gopher://127.0.0.1:6379/_FLUSHALL", "dict://127.0.0.1:11211/stat", "ldap://127.0.0.1/", "file:///etc/passwd", "jar:http://127.0.0.1!/", "netdoc:///etc/passwd", "s3://bucket/x",
        "postgresql://127.0.0.1/x", "mongodb://127.0.0.1/x", "unix:///var/run/docker.sock", "http://localhost\0.example.com/", "http://LOCALHOST/", "http://localhost./", "http://127.0.0.1:65536/", "http://[::1%25lo]/", "data:text/csv,a,b",
    ];

    /// <summary>Texts that are something else to a database, a shell, a page, a spreadsheet, a template, a log or a parser.</summary>
    public static IReadOnlyList<string> Injections { get; } =
    [
        "' OR '1'='1", "' OR 1=1 --", "'; DROP TABLE models; --", "\" OR \"\"=\"", "1; SELECT pg_sleep(10)", "1' AND SLEEP(10)#", "') UNION SELECT * FROM api_keys --", "admin'--", "' UNION SELECT digest FROM api_keys --", "1 OR 1=1", "%' OR '%'='", "_%",
        "\\'; DROP TABLE runs; --", "'||(SELECT digest FROM api_keys LIMIT 1)||'", "1/**/OR/**/1=1", "0x31", "CHAR(39)", "' AND 1=CAST((SELECT version()) AS int)--", "url('http://127.0.0.1/', CSV)", "'); SELECT * FROM file('/etc/passwd', 'LineAsString') --",
        "$(id)", "`id`", "; id", "| id", "&& id", "|| id", "\nid\n", "$(sleep 10)", "%0aid", "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "@(7*7)", "{{constructor.constructor('return 1')()}}", "${jndi:ldap://127.0.0.1/x}",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "<svg/onload=alert(1)>", "'-alert(1)-'", "</title><script>", "<!--#exec cmd=\"id\"-->", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
        "=1+1", "=cmd|'/c calc'!A1", "+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"http://127.0.0.1\")", "\t=1", "\r=1", "x\r\nSet-Cookie: a=b", "x\nINFO forged line", "x\u001b[31mred", "x\u0000y", "%s%s%s%n", "%x%x", "{0}{1}", "{", "}", "\"", "\\", "null", "undefined", "NaN", "__proto__", "constructor",
        "{\"$gt\":\"\"}", "{\"$where\":\"sleep(10000)\"}", "[$ne]", "*)(uid=*", "x' or name()='y", "\uFEFF", "\u202Egnp", "\u0000", "\uFFFD", "a\u0301\u0301\u0301", "\U0001F600", "\\ud800", "*", "?", "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    ];

    /// <summary>JSON tokens that no field asks for, and some that are no JSON.</summary>
    public static IReadOnlyList<string> WrongValues { get; } =
    [
        "null", "true", "false", "\"\"", "\"x\"", "\"1\"", "[]", "{}", "[[]]", "[null]", "{\"x\":1}", "0", "-0", "-1", "0.1", "1e308", "-1e308", "1e309", "1e-400", "1E400", "123456789012345678901234567890", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "NaN", "Infinity", "-Infinity", "\"NaN\"", "01", "+1", "1.", ".5", "0x10", "1_000", "'x'", "undefined", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"2024-02-30\"", "\"2024-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59\"", "\"0001-01-01\"", "[1,2,3]", "{\"\":{}}", "\"\\x\"", "\"", "[", "{", "//x\n1",
        new string('[', 70) + new string(']', 70), new string('[', 5_000), string.Concat(Enumerable.Repeat("{\"x\":", 5_000)), "\"" + new string('x', 100_000) + "\"", new string('9', 5_000), "[" + string.Join(',', Enumerable.Repeat("1", 5_000)) + "]",
    ];
}
