using System.Text.Json.Nodes;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Tests.Api;
using Microsoft.AspNetCore.Routing;

namespace Beacon.Aot.Tests.Docs;

/// <summary>The document against the running server: its routes, its bounds, its defaults, its shapes.</summary>
public sealed class DocumentedBehaviourTests : IAsyncLifetime
{
    private const string Prefix = OpenApiGenerator.DefaultPrefix;

    private ApiHarness _api = null!;
    private JsonNode _document = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiHarness.StartAsync();
        _document = (await _api.GetAsync("/api/openapi.json")).Json;
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public void Every_route_of_the_services_and_the_documentation_is_documented_and_every_documented_one_exists()
    {
        var mapped = _api.Routes.SelectMany(Operations).Where(IsDocumentable)
            .Where(operation => !operation.Contains($" {Prefix}/", StringComparison.Ordinal) || operation.Contains("/services", StringComparison.Ordinal));
        var documented = ApiOperations.All
            .Where(operation => operation.Path.StartsWith("/services", StringComparison.Ordinal) || operation.Path is "/api/docs" or "/api/redoc" or "/api/openapi.json")
            .Select(operation => $"{operation.Method} {(operation.BelowPrefix ? Prefix : "")}{operation.Path}");

        Assert.Equal(documented.Order(), mapped.Order());
    }

    [Theory]
    [MemberData(nameof(IntegerMembers))]
    public async Task The_bounds_of_an_integer_are_where_the_document_says(string member)
    {
        var schema = Registration[member]!;
        var least = schema["minimum"]!.GetValue<int>();
        var most = schema["maximum"]!.GetValue<int>();

        Assert.Equal(201, await RegisterAsync(member, least));
        Assert.Equal(201, await RegisterAsync(member, most));
        Assert.Equal(422, await RegisterAsync(member, least - 1));
        Assert.Equal(422, await RegisterAsync(member, most + 1));
    }

    [Theory]
    [MemberData(nameof(TextMembers))]
    public async Task The_bounds_of_a_text_are_where_the_document_says(string member)
    {
        var schema = Registration[member]!;
        var least = schema["minLength"]?.GetValue<int>() ?? 0;
        var most = schema["maxLength"]!.GetValue<int>();
        var text = (int length) => member switch
        {
            "health_check_url" when length > 0 => "http://h/".PadRight(length, 'x'),
            "health_check_expected_status" => "200".PadRight(length)[..length],
            _ => new string('x', length),
        };

        Assert.Equal(201, await RegisterAsync(member, text(least)));
        Assert.Equal(201, await RegisterAsync(member, text(most)));
        Assert.Equal(422, await RegisterAsync(member, text(most + 1)));
        if (least > 0)
        {
            Assert.Equal(422, await RegisterAsync(member, text(least - 1)));
        }
    }

    [Fact]
    public async Task A_bare_registration_gets_the_documented_defaults()
    {
        var service = (await _api.RegisterAsync("""{"name":"bare","host":"h","port":80}""")).Json;

        foreach (var (member, schema) in Registration)
        {
            if (schema!["default"] is { } expected && service[member] is { } actual)
            {
                Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task An_answer_has_the_documented_members_in_their_documented_order_and_no_others()
    {
        var id = await _api.AddAsync(
            "shape",
            """
            ,"mdns_txt_records":{"a":"b"},"health_check_url":"http://h/x","health_check_headers":{"X-Key":"secret"},"health_check_insecure":true,
            "health_check_expected_status":"200-204","health_check_expected_text":"fine","health_check_expected_json":{"a.b":"c"}
            """);
        Assert.Equal(200, (await _api.SendAsync("PUT", $"{Prefix}/services/{id}/maintenance", """{"duration":600,"reason":"new disks"}""")).Status);
        var services = Prefix + "/services";

        await HasShapeAsync("Service", "GET", $"{services}/{id}");
        await HasShapeAsync("ServiceStatus", "GET", $"{services}/{id}/status");
        await HasShapeAsync("ServiceHealth", "GET", $"{services}/{id}/health");
        await HasShapeAsync("ServiceList", "GET", services);
        await HasShapeAsync("ServiceList", "GET", services + "/expired");
        await HasShapeAsync("Discovery", "GET", services + "/discover");
        await HasShapeAsync("Heartbeat", "PUT", $"{services}/{id}/heartbeat");
        await HasShapeAsync("Heartbeats", "POST", Prefix + "/heartbeats", $$"""{"ids":["{{id}}"]}""");
        await HasShapeAsync("Deregistration", "DELETE", $"{services}/{id}");
        await HasShapeAsync("CleanUp", "DELETE", services + "/cleanup");
        await HasShapeAsync("Detail", "GET", $"{services}/{id}");
        await HasShapeAsync("ValidationError", "PUT", $"{services}/{id}/heartbeat?ttl=1");
    }

    [Fact]
    public async Task Every_documented_kind_of_problem_can_be_met_and_no_other()
    {
        string[] bodies =
        [
            "", "{", "[]", "{}",
            """{"name":1,"host":"","port":true,"tags":1,"metadata":1,"health_check_enabled":[],"fallback_to_health_check":"x","ttl":"x"}""",
            $$$"""{"name":"{{{new string('x', 101)}}}","host":"h","port":1.5,"ttl":0,"health_check_timeout":99,"metadata":{"k":"{{{new string('x', 1025)}}}"},"mdns_service_type":"x"}""",
            $$"""{"tags":[{{string.Join(',', Enumerable.Repeat("1", 65))}}]}""",
        ];
        var met = new HashSet<string>();
        foreach (var body in bodies)
        {
            met.UnionWith((await _api.RegisterAsync(body)).Problems.Select(problem => problem.Split('@')[0]));
        }

        met.UnionWith((await _api.GetAsync(Prefix + "/services?status=x")).Problems.Select(problem => problem.Split('@')[0]));
        Assert.Equal(ProblemTypes.All.Order(), met.Order());
    }

    public static TheoryData<string> IntegerMembers() =>
        [.. ServiceRules.ForRegistration.Where(rule => rule.Kind == Beacon.Aot.Api.Validation.FieldKind.Integer).Select(rule => rule.Name)];

    public static TheoryData<string> TextMembers() =>
        [.. ServiceRules.ForRegistration.Where(rule => rule.Kind == Beacon.Aot.Api.Validation.FieldKind.Text && rule != ServiceRules.MdnsServiceType && rule.Choices.Count == 0).Select(rule => rule.Name)];

    private JsonObject Registration => Members("Registration");

    private JsonObject Members(string schema) => _document["components"]!["schemas"]![schema]!["properties"]!.AsObject();

    private async Task<int> RegisterAsync(string member, JsonNode value)
    {
        var body = new JsonObject { ["name"] = "n", ["host"] = "h", ["port"] = 80, [member] = value };
        return (await _api.RegisterAsync(body.ToJsonString())).Status;
    }

    private async Task HasShapeAsync(string schema, string method, string path, string? body = null)
    {
        var reply = await _api.SendAsync(method, path, body);

        // Members that say something only sometimes are documented in their place and not required.
        var actual = reply.Json.AsObject().Select(member => member.Key).ToList();
        Assert.Equal(Members(schema).Select(member => member.Key).Where(actual.Contains), actual);
        var required = _document["components"]!["schemas"]![schema]!["required"]?.AsArray().Select(member => member!.GetValue<string>()) ?? [];
        Assert.Empty(required.Except(actual));
    }

    private static IEnumerable<string> Operations(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            .Where(method => method != "HEAD")
            .Select(method => $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}");

    /// <summary>The page's own parts are no interface.</summary>
    private static bool IsDocumentable(string operation) => !operation.Contains("/api/docs/", StringComparison.Ordinal);
}
