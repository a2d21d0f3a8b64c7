using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Api.Validation;

public sealed class ValidationTests : IAsyncLifetime
{
    private ApiHarness _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHarness.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task All_problems_are_listed_at_once()
    {
        var reply = await _api.RegisterAsync("""{"type":"","port":0,"ttl":"soon","tags":"a","metadata":[],"health_check_enabled":"maybe"}""");

        Assert.Equal(422, reply.Status);
        Assert.Equal(
            [
                "missing@name", "missing@host", "string_too_short@type", "greater_than_equal@port", "list_type@tags", "dict_type@metadata",
                "int_parsing@ttl", "bool_parsing@health_check_enabled",
            ],
            reply.Problems);
    }

    [Theory]
    [InlineData("name", "\"\"", "string_too_short")]
    [InlineData("name", "5", "string_type")]
    [InlineData("name", "null", "string_type")]
    [InlineData("name", "\"a\\u0007b\"", "value_error")]
    [InlineData("name", "\"a\\u0000\"", "value_error")]
    [InlineData("host", "\"a\\nb\"", "value_error")]
    [InlineData("type", "null", "string_type")]
    [InlineData("port", "65536", "less_than_equal")]
    [InlineData("port", "-1", "greater_than_equal")]
    [InlineData("port", "80.5", "int_from_float")]
    [InlineData("port", "\"abc\"", "int_parsing")]
    [InlineData("port", "\"\"", "int_parsing")]
    [InlineData("port", "1e400", "less_than_equal")]
    [InlineData("port", "99999999999999999999", "less_than_equal")]
    [InlineData("port", "true", "int_type")]
    [InlineData("port", "null", "int_type")]
    [InlineData("port", "[80]", "int_type")]
    [InlineData("ttl", "9", "greater_than_equal")]
    [InlineData("ttl", "86401", "less_than_equal")]
    [InlineData("tags", "null", "list_type")]
    [InlineData("tags", "{}", "list_type")]
    [InlineData("tags", "[1]", "string_type")]
    [InlineData("tags", "[\"\"]", "string_too_short")]
    [InlineData("metadata", "\"x\"", "dict_type")]
    [InlineData("metadata", "{\"a\":{}}", "string_type")]
    [InlineData("metadata", "{\"a\":[1]}", "string_type")]
    [InlineData("metadata", "{\"\":\"x\"}", "string_too_short")]
    [InlineData("health_check_url", "\"ftp://x/\"", "value_error")]
    [InlineData("health_check_url", "\"/health\"", "value_error")]
    [InlineData("health_check_url", "\"http://\"", "value_error")]
    [InlineData("health_check_url", "\"tcp://host\"", "value_error")]
    [InlineData("health_check_url", "\"javascript:alert(1)\"", "value_error")]
    [InlineData("health_check_url", "\"file:///etc/passwd\"", "value_error")]
    [InlineData("health_check_interval", "29", "greater_than_equal")]
    [InlineData("health_check_interval", "3601", "less_than_equal")]
    [InlineData("health_check_timeout", "0", "greater_than_equal")]
    [InlineData("health_check_timeout", "61", "less_than_equal")]
    [InlineData("health_check_retries", "0", "greater_than_equal")]
    [InlineData("health_check_retries", "11", "less_than_equal")]
    [InlineData("health_check_enabled", "2", "bool_parsing")]
    [InlineData("fallback_to_health_check", "null", "bool_type")]
    [InlineData("mdns_service_type", "\"_too-long-for-a-label._tcp\"", "value_error")]
    [InlineData("mdns_service_type", "\"http\"", "value_error")]
    [InlineData("mdns_service_type", "\"_http._sctp\"", "value_error")]
    [InlineData("mdns_txt_records", "{\"a=b\":\"c\"}", "value_error")]
    [InlineData("mdns_txt_records", "[]", "dict_type")]
    public async Task A_wrong_member_is_named_with_its_problem(string member, string value, string type)
    {
        var reply = await _api.RegisterAsync(Body(member, value));

        Assert.Equal(422, reply.Status);
        var problem = Assert.Single(reply.Json["detail"]!.AsArray())!;
        Assert.Equal(type, problem["type"]!.GetValue<string>());
        Assert.Equal("body", problem["loc"]![0]!.GetValue<string>());
        Assert.Equal(member, problem["loc"]![1]!.GetValue<string>());
    }

    [Theory]
    [InlineData("port", "\"8080\"", "port", "8080")]
    [InlineData("port", "80.0", "port", "80")]
    [InlineData("port", "\" 443 \"", "port", "443")]
    [InlineData("port", "65535", "port", "65535")]
    [InlineData("ttl", "10", "ttl", "10")]
    [InlineData("ttl", "\"86400\"", "ttl", "86400")]
    [InlineData("host", "\"192.168.1.5 172.17.0.1\"", "host", "\"192.168.1.5 172.17.0.1\"")]
    [InlineData("tags", "[\"b\",\"a\",\"b\"]", "tags", "[\"b\",\"a\"]")]
    [InlineData("metadata", "{\"t\":true,\"n\":1.50,\"e\":1e3,\"z\":null,\"s\":\"x\"}", "metadata", "{\"t\":\"true\",\"n\":\"1.50\",\"e\":\"1e3\",\"z\":\"\",\"s\":\"x\"}")]
    [InlineData("metadata", "{\"a\":1,\"b\":2,\"a\":3}", "metadata", "{\"a\":\"3\",\"b\":\"2\"}")]
    [InlineData("health_check_url", "null", "health_check_url", "null")]
    [InlineData("health_check_url", "\"\"", "health_check_url", "null")]
    [InlineData("health_check_url", "\"tcp://10.0.0.1:1883\"", "health_check_url", "\"tcp://10.0.0.1:1883\"")]
    [InlineData("health_check_interval", "null", "health_check_interval", "60")]
    [InlineData("health_check_timeout", "5", "health_check_timeout", "5")]
    [InlineData("health_check_retries", "\"3\"", "health_check_retries", "3")]
    [InlineData("health_check_enabled", "\"off\"", "health_check_enabled", "false")]
    [InlineData("fallback_to_health_check", "0", "fallback_to_health_check", "false")]
    [InlineData("mdns_service_type", "\"_ipp._tcp\"", "mdns_service_type", "\"_ipp._tcp\"")]
    [InlineData("mdns_txt_records", "{\"path\":\"/\",\"n\":7}", "mdns_txt_records", "{\"path\":\"/\",\"n\":\"7\"}")]
    [InlineData("surprise", "{\"deep\":[[]]}", "type", "\"http\"")]
    [InlineData("name", "\"K\\u00fcche\"", "name", "\"Küche\"")]
    public async Task What_clients_are_used_to_send_is_taken(string member, string value, string shownMember, string shown)
    {
        var reply = await _api.RegisterAsync(Body(member, value));

        Assert.Equal(201, reply.Status);
        Assert.Contains($"\"{shownMember}\":{shown}", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", ServiceLimits.MaxName, "string_too_long")]
    [InlineData("type", ServiceLimits.MaxType, "string_too_long")]
    [InlineData("host", ServiceLimits.MaxHost, "string_too_long")]
    [InlineData("protocol", ServiceLimits.MaxProtocol, "string_too_long")]
    public async Task A_text_may_be_as_long_as_its_limit_in_characters_and_not_longer(string member, int limit, string type)
    {
        var atLimit = string.Concat(Enumerable.Repeat("🍳", limit));

        Assert.Equal(201, (await _api.RegisterAsync(Body(member, $"\"{atLimit}\""))).Status);
        Assert.Equal([$"{type}@{member}"], (await _api.RegisterAsync(Body(member, $"\"{atLimit}x\""))).Problems);
    }

    [Fact]
    public async Task Tags_and_metadata_have_their_limits()
    {
        var tags = (int count) => Body("tags", $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"t{i}\""))}]");
        var entries = (int count) => Body("metadata", $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":{i}"))}}}");
        var key = (int length) => Body("metadata", $"{{\"{new string('k', length)}\":\"v\"}}");
        var value = (int umlauts) => Body("metadata", $"{{\"k\":\"{new string('ü', umlauts)}\"}}");

        Assert.Equal(201, (await _api.RegisterAsync(tags(64))).Status);
        Assert.Equal(["too_long@tags"], (await _api.RegisterAsync(tags(65))).Problems);
        Assert.Equal(["string_too_long@0"], (await _api.RegisterAsync(Body("tags", $"[\"{new string('t', 51)}\"]"))).Problems);
        Assert.Equal(201, (await _api.RegisterAsync(entries(64))).Status);
        Assert.Equal(["too_long@metadata"], (await _api.RegisterAsync(entries(65))).Problems);
        Assert.Equal(201, (await _api.RegisterAsync(key(64))).Status);
        Assert.Equal(["string_too_long@[key]"], (await _api.RegisterAsync(key(65))).Problems);
        Assert.Equal(201, (await _api.RegisterAsync(value(512))).Status);
        Assert.Equal(["bytes_too_long@k"], (await _api.RegisterAsync(value(513))).Problems);
    }

    [Theory]
    [InlineData("{\"name\":\"x\",}", 12)]
    [InlineData("{\"näme\":nope}", 9)]
    [InlineData("{\n\"name\": \"a\n\"}", 12)]
    [InlineData("{\"name\":\"\\ud800\"}", 8)]
    [InlineData("{\"\\udc00\":1}", 1)]
    [InlineData("{\"name\":\"\\udc00\\ud800\"}", 8)]
    [InlineData("{", 1)]
    public async Task Broken_json_is_reported_with_the_place_where_it_breaks(string body, int offset)
    {
        var reply = await _api.RegisterAsync(body);

        Assert.Equal(422, reply.Status);
        Assert.Equal([$"json_invalid@{offset}"], reply.Problems);
    }

    [Fact]
    public async Task Invalid_utf8_is_broken_json()
    {
        using var content = new ByteArrayContent([.. "{\"name\":\"é"u8, 0xC3, 0x28, .. "\"}"u8]);
        using var response = await _api.Client.PostAsync("/api/v1/services/register", content, TestContext.Current.CancellationToken);
        var reply = await ApiReply.ReadAsync(response);

        Assert.Equal(422, reply.Status);
        Assert.Equal(["json_invalid@10"], reply.Problems);
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData(" \r\n\t", "missing")]
    [InlineData("[]", "model_attributes_type")]
    [InlineData("\"text\"", "model_attributes_type")]
    [InlineData("null", "model_attributes_type")]
    public async Task A_body_that_is_no_object_is_reported(string body, string type)
    {
        var reply = await _api.RegisterAsync(body);

        Assert.Equal(422, reply.Status);
        Assert.Equal([$"{type}@body"], reply.Problems);
    }

    [Fact]
    public async Task Deep_nesting_is_refused_and_costs_nothing()
    {
        var reply = await _api.RegisterAsync("{\"x\":" + new string('[', 20_000) + new string(']', 20_000) + "}");

        Assert.Equal(422, reply.Status);
        Assert.StartsWith("json_invalid@", reply.Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_of_two_members_with_one_name_counts()
    {
        var reply = await _api.RegisterAsync("""{"name":5,"name":"last","host":"h","port":0,"port":81}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal("last", reply.Text("name"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_above_64_KiB_is_refused_with_413_whether_its_length_is_announced_or_not(bool chunked)
    {
        var body = $$"""{"name":"big","host":"h","port":80,"x":"{{new string('x', 64 * 1024)}}"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/services/register") { Content = new StringContent(body) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var reply = await ApiReply.ReadAsync(response);

        Assert.Equal(413, reply.Status);
        Assert.Equal("The request body is larger than 65536 bytes", reply.Text("detail"));
    }

    [Fact]
    public async Task A_body_of_exactly_64_KiB_is_read()
    {
        const string Frame = """{"name":"big","host":"h","port":80,"x":""}""";
        var body = Frame.Insert(Frame.Length - 2, new string('x', (64 * 1024) - Frame.Length));

        Assert.Equal(201, (await _api.RegisterAsync(body)).Status);
    }

    [Theory]
    [InlineData("?limit=0", "greater_than_equal@limit")]
    [InlineData("?limit=101", "less_than_equal@limit")]
    [InlineData("?limit=ten", "int_parsing@limit")]
    [InlineData("?skip=-1", "greater_than_equal@skip")]
    [InlineData("?status=broken", "enum@status")]
    public async Task A_wrong_query_is_reported_by_parameter(string query, string problem)
    {
        foreach (var path in new[] { "/api/v1/services", "/api/v1/services/discover", "/api/v1/services/expired" })
        {
            var reply = await _api.GetAsync(path + query);

            Assert.Equal(422, reply.Status);
            Assert.Equal([problem], reply.Problems);
            Assert.Equal("query", reply.Json["detail"]![0]!["loc"]![0]!.GetValue<string>());
        }
    }

    private static string Body(string member, string value)
    {
        var members = new Dictionary<string, string> { ["name"] = "\"probe\"", ["host"] = "\"10.0.0.1\"", ["port"] = "80", [member] = value };
        return $"{{{string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
    }
}
