using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Beacon.Aot.Tests.Docs;
using Beacon.Aot.Ui;

namespace Beacon.Aot.Tests.Ui;

public sealed partial class UiSiteTests
{
    [Theory]
    [InlineData("/", "./")]
    [InlineData("/services", "./")]
    [InlineData("/services/", "../")]
    [InlineData("/services/0b8c", "../")]
    [InlineData("/services/0b8c/edit", "../../")]
    [InlineData("/register", "./")]
    [InlineData("/network", "./")]
    [InlineData("/mdns", "./")]
    [InlineData("/events", "./")]
    [InlineData("/settings", "./")]
    [InlineData("/dashboard", "./")]
    [InlineData("/discovery", "./")]
    public async Task Every_screen_is_the_page_which_finds_its_parts_from_there(string path, string root)
    {
        await using var server = await UiServer.StartAsync();

        var reply = await server.VisitAsync(path);

        Assert.Equal(200, reply.Status);
        Assert.Equal("text/html; charset=utf-8", reply.Header("Content-Type"));
        Assert.Contains($"<base href=\"{root}\"", reply.Body);
        Assert.Equal("no-cache", reply.Header("Cache-Control"));
        Assert.Equal("Accept", reply.Header("Vary"));
    }

    [Fact]
    public async Task The_page_may_load_nothing_from_elsewhere_and_run_nothing_inline()
    {
        await using var server = await UiServer.StartAsync();

        var policy = (await server.VisitAsync("/")).Header("Content-Security-Policy")!;

        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotMatch("unsafe|https?:|\\*", policy);
    }

    [Fact]
    public async Task The_page_says_where_the_API_is()
    {
        await using var server = await UiServer.StartAsync(prefix: "/v2\"x");

        Assert.Contains("name=\"beacon-api\" content=\"v2&quot;x\"", (await server.VisitAsync("/")).Body);
    }

    [Theory]
    [InlineData("br, gzip", "gzip", "gzip")]
    [InlineData("gzip, deflate", "gzip", "gzip")]
    [InlineData("br;q=0, GZIP;q=0.5", "gzip", "gzip")]
    [InlineData("identity", null, "plain")]
    [InlineData("b;;r", null, "plain")]
    [InlineData("", null, "plain")]
    public async Task A_file_comes_in_the_smallest_form_the_client_takes(string accepted, string? coding, string body)
    {
        await using var server = await UiServer.StartAsync();

        var reply = await server.SendAsync("/assets/main-1a2b.js", ("Accept-Encoding", accepted));

        Assert.Equal(body, reply.Body);
        Assert.Equal(coding, reply.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", reply.Header("Vary"));
        Assert.Equal("text/javascript; charset=utf-8", reply.Header("Content-Type"));
        Assert.Equal("public, max-age=31536000, immutable", reply.Header("Cache-Control"));
    }

    [Fact]
    public async Task Each_form_has_a_tag_of_its_own_and_who_holds_it_is_told_so()
    {
        await using var server = await UiServer.StartAsync();
        var plain = await server.SendAsync("/assets/main-1a2b.js");
        var packed = await server.SendAsync("/assets/main-1a2b.js", ("Accept-Encoding", "gzip"));

        var again = await server.SendAsync("/assets/main-1a2b.js", ("Accept-Encoding", "gzip"), ("If-None-Match", packed.Header("ETag")!));

        Assert.NotEqual(plain.Header("ETag"), packed.Header("ETag"));
        Assert.Equal(304, again.Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/services")]
    public async Task Programs_get_what_they_always_got(string path)
    {
        await using var server = await UiServer.StartAsync();
        await using var without = await UiServer.StartAsync(new FakeUi());

        var reply = await server.SendAsync(path, ("Accept", "*/*"));
        var expected = await without.SendAsync(path, ("Accept", "*/*"));

        Assert.Equal(expected.Status, reply.Status);
        Assert.Equal(expected.Body, reply.Body);
        Assert.StartsWith("application/json", reply.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/assets/missing.js")]
    [InlineData("/assets/main-1a2b.js.gz")]
    [InlineData("/assets/")]
    [InlineData("/index.html")]
    [InlineData("/services/a/b/c")]
    [InlineData("/etc/passwd")]
    public async Task What_is_no_part_of_it_is_not_found(string path)
    {
        await using var server = await UiServer.StartAsync();

        Assert.Equal(404, (await server.VisitAsync(path)).Status);
    }

    /// <summary>compat.md B19: the earlier implementation joined the address to a directory.</summary>
    [Theory]
    [InlineData("/assets/../../../../etc/passwd")]
    [InlineData("/assets/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/assets//etc/passwd")]
    [InlineData("/assets/..\\..\\etc\\passwd")]
    public async Task B19_no_part_of_an_address_becomes_a_path_on_the_disk(string path)
    {
        await using var server = await UiServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Address.Port, TestContext.Current.CancellationToken);

        // As it is: HttpClient would tidy the address up.
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("root:", answer);
    }

    [Fact]
    public async Task A_program_built_without_it_answers_everybody_in_JSON()
    {
        await using var server = await UiServer.StartAsync(new FakeUi());

        Assert.StartsWith("application/json", (await server.VisitAsync("/")).Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(404, (await server.VisitAsync("/services")).Status);
    }

    [Fact]
    public void The_real_page_has_what_is_replaced_in_it()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "ui/index.html"));

        Assert.Contains(UiPage.BaseMark, page);
        Assert.Contains(UiPage.ApiMark, page);
        Assert.DoesNotMatch(InlineCode(), page);
    }

    [Fact]
    public void The_screens_are_those_of_the_dashboard()
    {
        var patterns = Pattern().Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "ui/src/lib/kit/routes.ts"))).Select(match => match.Groups["pattern"].Value).ToList();

        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => Assert.True(
            UiScreens.Has(pattern.TrimStart('^').TrimEnd('$').Replace("\\/", "/", StringComparison.Ordinal).Replace("([^/]+)", "id", StringComparison.Ordinal)), pattern));
    }

    [GeneratedRegex("""<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=""")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"pattern: /(?<pattern>.+?)/, ")]
    private static partial Regex Pattern();
}
