using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;
using Beacon.Aot.Tests.Docs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Beacon.Aot.Tests.Metrics;

/// <summary>The figures of the whole appliance. By themselves: meters belong to the process, so that what other hosts do would be counted too.</summary>
[Collection(Alone)]
public sealed partial class MetricsEndpointTests : IAsyncLifetime
{
    private const string Alone = "Metrics of the whole process";

    private readonly ApplianceStore _store = ApplianceStore.InMemory();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new BeaconOptions { DataDirectory = Path.GetTempPath(), Host = IPAddress.Loopback, Port = 0, MdnsEnabled = false };
        _app = BeaconHost.Build(options, _store, _ => { });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task What_happens_is_counted_with_the_route_and_not_with_the_address()
    {
        using var body = new StringContent("""{"name":"a","host":"10.0.0.1","port":80}""");
        using var registered = await _client.PostAsync("/api/v1/services/register", body, TestContext.Current.CancellationToken);
        await _client.GetAsync($"/api/v1/services/{Guid.NewGuid()}", TestContext.Current.CancellationToken);

        var text = await ScrapeUntilAsync(scraped => NotFoundCount().IsMatch(scraped));
        Assert.Matches(@"(?m)^beacon_services\{status=""active""\} 1\.0$", text);
        Assert.Matches(@"(?m)^beacon_registry_registrations_total [1-9]", text);
        Assert.Contains(
            "http_server_request_duration_seconds_count{http_request_method=\"POST\",http_response_status_code=\"201\",http_route=\"/api/v1/services/register\"} ", text, StringComparison.Ordinal);
        Assert.Contains(
            "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"404\",http_route=\"/api/v1/services/{service_id}\"} ", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^beacon_build_info\{version=""\d", text);
        Assert.Matches(@"(?m)^dotnet_process_memory_working_set_bytes [1-9]", text);
    }

    [Fact]
    public async Task A_heartbeat_is_counted_and_answered_the_same_by_the_short_way_and_by_the_long_one()
    {
        using var body = new StringContent("""{"name":"h","host":"10.0.0.2","port":80}""");
        using var registered = await _client.PostAsync("/api/v1/services/register", body, TestContext.Current.CancellationToken);
        var id = JsonNode.Parse(await registered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["service_id"]!.GetValue<string>();
        var before = CountOf(await ScrapeAsync());

        // A query is one of the things that the short way leaves to the other.
        var (shortWay, longWay) = (await BeatAsync(id, ""), await BeatAsync(id, "?x=1"));
        Assert.Equal(Without(longWay.Body), Without(shortWay.Body));
        Assert.Equal(longWay.Headers, shortWay.Headers);
        Assert.Equal(before + 2, CountOf(await ScrapeUntilAsync(text => CountOf(text) >= before + 2)));
    }

    [Theory]
    [InlineData(null, "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("text/plain", "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5", "application/openmetrics-text; version=1.0.0; charset=utf-8", true)]
    public async Task The_format_is_the_one_that_is_asked_for(string? accept, string contentType, bool hasEnd)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var reply = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(contentType, reply.Content.Headers.ContentType!.ToString());
        Assert.Equal(hasEnd, text.EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_metric_is_documented_with_its_kind()
    {
        var documented = DocumentedRow().Matches(await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Root, "docs/metrics.md"), TestContext.Current.CancellationToken))
            .Select(row => $"{row.Groups["name"].Value} {row.Groups["kind"].Value}").ToHashSet();
        var exported = TypeLine().Matches(await ScrapeAsync()).Select(line => $"{line.Groups["name"].Value} {line.Groups["kind"].Value}")
            .Where(line => !line.StartsWith("beacon_test_", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(exported);
        Assert.All(exported, line => Assert.Contains(line, documented));
    }

    [Fact]
    public async Task Every_metric_in_the_source_is_documented_whether_or_not_anything_was_measured()
    {
        var documented = await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Root, "docs/metrics.md"), TestContext.Current.CancellationToken);
        var names = Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => InstrumentName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value.Replace('.', '_').Replace('-', '_'))
            .Distinct().ToList();

        Assert.True(names.Count > 40, $"only {names.Count} found");
        Assert.All(names, name => Assert.Contains($"| `{name}", documented, StringComparison.Ordinal));
    }

    private static string Without(string answer) => Instant().Replace(answer, "…");

    private async Task<(string Body, string Headers)> BeatAsync(string id, string query)
    {
        using var answer = await _client.PutAsync($"/api/v1/services/{id}/heartbeat{query}", null, TestContext.Current.CancellationToken);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(x => x.Key != "Date").Select(x => $"{x.Key}: {string.Join(", ", x.Value)}").Order();
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), $"{(int)answer.StatusCode} {string.Join('\n', headers)}");
    }

    private static int CountOf(string text) => HeartbeatCount().Matches(text) is [var line] ? int.Parse(line.Groups["count"].Value) : 0;

    /// <summary>The web server counts a request after it has been answered: until the answer to it shows, or for 10 s.</summary>
    private async Task<string> ScrapeUntilAsync(Func<string, bool> shows)
    {
        var deadline = TimeProvider.System.GetTimestamp() + (10 * TimeProvider.System.TimestampFrequency);
        for (; ; )
        {
            var text = await ScrapeAsync();
            if (shows(text) || TimeProvider.System.GetTimestamp() > deadline)
            {
                return text;
            }
        }
    }

    private Task<string> ScrapeAsync() => _client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

    [GeneratedRegex(@"^\| `(?<name>[a-z0-9_]+)` \| (?<kind>counter|gauge|histogram) \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedRow();

    [GeneratedRegex(@"^http_server_request_duration_seconds_count\{http_request_method=""PUT"",http_response_status_code=""200"",http_route=""/api/v1/services/\{service_id\}/heartbeat""\} (?<count>\d+)", RegexOptions.Multiline)]
    private static partial Regex HeartbeatCount();

    [GeneratedRegex(@"^http_server_request_duration_seconds_count\{http_request_method=""GET"",http_response_status_code=""404"",http_route=""/api/v1/services/\{service_id\}""\} ", RegexOptions.Multiline)]
    private static partial Regex NotFoundCount();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[^""]+")]
    private static partial Regex Instant();

    [GeneratedRegex(@"(Create\w+(<\w+>)?|Gauge)\(\s*""(?<name>beacon\.[a-z0-9._-]+)""")]
    private static partial Regex InstrumentName();

    [GeneratedRegex(@"^# TYPE (?<name>[a-z0-9_]+) (?<kind>[a-z]+)$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneCollection;
}
