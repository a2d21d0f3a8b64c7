using System.Net;
using System.Text.Json.Nodes;
using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Beacon.Aot.Tests.Docs;

/// <summary>The document against the whole program: nothing it answers is undocumented.</summary>
public sealed class WholeApplianceTests : IAsyncLifetime
{
    private const string Prefix = OpenApiGenerator.DefaultPrefix;

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
    public void Every_route_of_the_program_is_documented_and_every_documented_route_is_there()
    {
        var mapped = ((IEndpointRouteBuilder)_app).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(Operations)
            .Where(operation => !operation.Contains("/api/docs/", StringComparison.Ordinal));
        var documented = ApiOperations.All
            .Select(operation => $"{operation.Method} {(operation.BelowPrefix ? Prefix : "")}{operation.Path.TrimEnd('/')}");

        Assert.Equal(documented.Order(), mapped.Order());
    }

    [Theory]
    [InlineData(Prefix + "/health", "Health")]
    [InlineData(Prefix + "/mdns", "Mdns")]
    [InlineData(Prefix + "/configuration", "Configuration")]
    [InlineData(Prefix + "/health/summary", "HealthSummary")]
    [InlineData(Prefix + "/incidents", "IncidentList")]
    [InlineData(Prefix + "/stats", "Traffic")]
    [InlineData(Prefix + "/events", "EventList")]
    [InlineData(Prefix + "/ready", "State")]
    [InlineData(Prefix + "/live", "State")]
    [InlineData("/api", "About")]
    [InlineData("/", "Welcome")]
    public async Task What_the_program_says_of_itself_has_the_documented_members(string path, string schema)
    {
        var document = JsonNode.Parse(OpenApiGenerator.Generate("0"))!;
        var answer = JsonNode.Parse(await _client.GetStringAsync(path, TestContext.Current.CancellationToken));

        Same(document["components"]!["schemas"]![schema]!, answer!.AsObject());
    }

    private static void Same(JsonNode schema, JsonObject answer)
    {
        if (schema["properties"] is not JsonObject members)
        {
            return;
        }

        Assert.Equal(members.Select(member => member.Key), answer.Select(member => member.Key));
        foreach (var (name, inner) in members)
        {
            if (answer[name] is JsonObject value)
            {
                Same(inner!, value);
            }
        }
    }

    private static IEnumerable<string> Operations(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            // HEAD is as GET; CONNECT is how the WebSocket's GET begins over HTTP/2.
            .Where(method => method is not ("HEAD" or "CONNECT"))
            .Select(method => $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}");
}
