using System.Text;
using System.Text.RegularExpressions;
using Beacon.Aot.Tests.Api;

namespace Beacon.Aot.Tests.Docs;

public sealed partial class ApiPageTests
{
    /// <summary>What the page and its parts may weigh together; the document it draws comes on top.</summary>
    private const int Budget = 100 * 1024;

    private static readonly string[] Parts = ["/api/docs", "/api/docs/page.css", "/api/docs/page.js"];

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere_and_its_policy_forbids_it()
    {
        await using var api = await ApiHarness.StartAsync();
        var size = 0;

        foreach (var part in Parts)
        {
            var reply = await api.GetAsync(part);
            Assert.Equal(200, reply.Status);
            Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
            Assert.DoesNotMatch(ForeignAddress(), reply.Body);
            size += Encoding.UTF8.GetByteCount(reply.Body);
        }

        var page = await api.GetAsync("/api/docs/");
        Assert.StartsWith("text/html", page.Header("Content-Type"), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotMatch(InlineCode(), page.Body);
        Assert.InRange(size, 1, Budget);
    }

    [Fact]
    public async Task The_document_names_the_prefix_the_program_was_started_with()
    {
        await using var standard = await ApiHarness.StartAsync();
        await using var moved = await ApiHarness.StartAsync(prefix: "/v2");

        Assert.Equal("/api/v1", (await standard.GetAsync("/api/openapi.json")).Json["servers"]![0]!["url"]!.GetValue<string>());
        Assert.Equal("/v2", (await moved.GetAsync("/api/openapi.json")).Json["servers"]![0]!["url"]!.GetValue<string>());
        Assert.Equal(200, (await moved.GetAsync("/v2/services")).Status);
    }

    [Fact]
    public async Task A_client_that_has_the_document_is_told_so()
    {
        await using var api = await ApiHarness.StartAsync();
        var tag = (await api.GetAsync("/api/openapi.json")).Header("ETag")!;

        var again = await api.SendAsync("GET", "/api/openapi.json", headers: ("If-None-Match", tag));

        Assert.Equal(304, again.Status);
        Assert.Equal("", again.Body);
    }

    [Fact]
    public async Task The_older_address_leads_to_the_page()
    {
        await using var api = await ApiHarness.StartAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = api.Address };

        using var reply = await client.GetAsync("/api/redoc", TestContext.Current.CancellationToken);

        Assert.Equal(308, (int)reply.StatusCode);
        Assert.Equal("/api/docs", reply.Headers.Location!.ToString());
    }

    [GeneratedRegex("""(src|href|url)\s*[=(]\s*["']?(https?:)?//""")]
    private static partial Regex ForeignAddress();

    [GeneratedRegex("""<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=""")]
    private static partial Regex InlineCode();
}
