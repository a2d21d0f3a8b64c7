using System.Text;
using System.Text.Json.Nodes;
using Beacon.Aot.Api.Services;

namespace Beacon.Aot.Tests.Api;

/// <summary>Many leases renewed with one request.</summary>
public sealed class HeartbeatsTests
{
    private const string Path = "/api/v1/heartbeats";

    public static TheoryData<string, string> Forms => new()
    {
        { "{\"ids\":[\"A\",\"B\",\"nobody\"],\"ttl\":1000}", "" },
        { " {\"ttl\":1000, \"ids\" : [ \"A\" , \"B\", \"nobody\" ] }\n", "" },
        { "\uFEFF{\"ids\":[\"A\",\"B\",\"nobody\"],\"ttl\":\"1000\",\"from\":{\"gateway\":[1]}}", "" },
        { "{\"ids\":[\"A\",\"B\",\"n\\u006fbody\"],\"ttl\":null}", "?ttl=1000" },
        { "A\nB\r\n\n  nobody \t", "?ttl=1000" },
        { "\uFEFFA\r\nB\r\nnobody\r\n", "?ttl=1000" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Known_ones_are_renewed_and_unknown_ones_named_as_they_were_given(string body, string query)
    {
        await using var api = await ApiHarness.StartAsync();
        var (a, b) = (await api.AddAsync("a"), await api.AddAsync("b"));

        var reply = await api.SendAsync("POST", Path + query, body.Replace("A", a, StringComparison.Ordinal).Replace("B", b, StringComparison.Ordinal));

        Assert.Equal((200, 2), (reply.Status, reply.Json["renewed"]!.GetValue<int>()));
        Assert.Equal("nobody", Assert.Single(reply.Json["unknown"]!.AsArray())!.GetValue<string>());
        foreach (var id in (string[])[a, b])
        {
            var lease = (await api.GetAsync($"/api/v1/services/{id}")).Json;
            Assert.Equal(1000, (lease["expires_at"]!.GetValue<DateTimeOffset>() - lease["last_heartbeat"]!.GetValue<DateTimeOffset>()).TotalSeconds, tolerance: 0.001);
        }
    }

    [Fact]
    public async Task Ten_thousand_are_taken_and_one_more_is_refused_as_a_whole_in_either_form()
    {
        await using var api = await ApiHarness.StartAsync();
        var known = await api.AddAsync("a");
        string[] ids = [known, .. Enumerable.Range(1, HeartbeatsEndpoint.MaxIds - 1).Select(_ => $"{Guid.NewGuid()}")];

        Assert.Equal(ids.Length - 1, (await api.SendAsync("POST", Path, Json(ids))).Json["unknown"]!.AsArray().Count);
        Assert.Equal(1, (await api.SendAsync("POST", Path, string.Join('\n', ids))).Json["renewed"]!.GetValue<int>());
        foreach (var body in (string[])[Json([.. ids, known]), string.Join('\n', [.. ids, known])])
        {
            var reply = await api.SendAsync("POST", Path, body);
            Assert.Equal(422, reply.Status);
            Assert.Equal("too_long@ids", Assert.Single(reply.Problems));
        }
    }

    [Theory]
    [InlineData("{}", "missing@ids")]
    [InlineData("{\"ids\":\"x\"}", "list_type@ids")]
    [InlineData("{\"ids\":[\"x\",7,8]}", "string_type@1")]
    [InlineData("{\"ids\":[],\"ttl\":9}", "greater_than_equal@ttl")]
    [InlineData("{\"ids\":[\"x\"]} {}", "json_invalid@14")]
    [InlineData("{\"ids\":[\"x\"", "json_invalid@11")]
    public async Task What_is_wrong_is_said_where_it_is(string body, string problem)
    {
        await using var api = await ApiHarness.StartAsync();
        var reply = await api.SendAsync("POST", Path, body);

        Assert.Equal(422, reply.Status);
        Assert.Equal(problem, Assert.Single(reply.Problems));
    }

    [Fact]
    public async Task A_body_beyond_half_a_mebibyte_is_refused_and_one_below_is_read_although_others_may_have_less()
    {
        await using var api = await ApiHarness.StartAsync();
        var white = new string(' ', HeartbeatsEndpoint.MaxBody - 10);

        Assert.Equal(200, (await api.SendAsync("POST", Path, white + "{\"ids\":[]}")).Status);
        var reply = await api.SendAsync("POST", Path, white + " {\"ids\":[]}");
        Assert.Equal(413, reply.Status);
        Assert.Contains("524288", reply.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_unknown_id_and_the_answer_is_still_JSON()
    {
        await using var api = await ApiHarness.StartAsync();
        using var body = new ByteArrayContent([0xff, 0xfe, (byte)'"', (byte)'\n', 0x00, 0x01]);
        using var reply = await api.Client.PostAsync(Path, body, TestContext.Current.CancellationToken);

        var answer = JsonNode.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(2, answer["unknown"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"ids\":[]}")]
    public async Task Nothing_is_nothing_to_renew(string body)
    {
        await using var api = await ApiHarness.StartAsync();

        Assert.Equal("""{"renewed":0,"unknown":[]}""", (await api.SendAsync("POST", Path, body)).Json.ToJsonString());
    }

    private static string Json(string[] ids)
    {
        var text = new StringBuilder("{\"ids\":[");
        text.AppendJoin(',', ids.Select(id => $"\"{id}\""));
        return text.Append("]}").ToString();
    }
}
