using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beacon.Aot.Api.Mdns;
using Beacon.Aot.Api.Validation;
using Beacon.Aot.Tests.Docs;
using Beacon.Mdns.Status;
using Beacon.Mdns.Transport;
using Beacon.Registry.Services;
using Microsoft.AspNetCore.Http;

namespace Beacon.Aot.Tests.Api;

/// <summary>The answer about mDNS from a picture made by hand: what the appliance with mDNS switched off cannot show.</summary>
public sealed class MdnsAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly ServiceId Id = new(new Guid("00000001-0000-0000-0000-000000000001"));

    private static MdnsPicture Picture(ConflictPicture? conflict, params NameEntry[] names) => new(
        "local",
        "beacon-2.local",
        SharesPort: true,
        [
            new(new LinkInfo(2, "eth0", 1500, true, true, [new(IPAddress.Parse("10.0.0.2"), 24), new(IPAddress.Parse("fe80::2%2"), 64)]), 7, 9, [1, 2, 3, 4, 5], 6, [0, 1, 2, 3]),
            new(new LinkInfo(3, "wlan0", 1500, true, false, [new(IPAddress.Parse("10.0.1.2"), 24)]), 0, 0, [0, 0, 0, 0, 0], 0, [0, 0, 0, 3]),
        ],
        names,
        1,
        conflict,
        8,
        10);

    private static NameEntry Name(string label, params NameState[] states) => new(
        [(byte)Encoding.UTF8.GetByteCount(label), .. Encoding.UTF8.GetBytes(label), 5, .. "local"u8, 0],
        NameKind.Host, label == "b" ? Id : null, label == "b" ? "beacon" : null, states);

    private static JsonNode Answer(MdnsPicture picture, string query = "")
    {
        var problems = new Problems();
        var filter = NameFilter.Read(new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)), problems);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            MdnsJsonWriter.Write(json, picture, filter!, Now);
        }

        return JsonNode.Parse(bytes.ToArray())!;
    }

    [Fact]
    public void Every_figure_is_where_it_belongs()
    {
        var conflict = new ConflictPicture("beacon.local", "eth0", IPAddress.Parse("10.0.0.9"), WasHeld: true, TimeSpan.FromMinutes(1));
        var answer = Answer(Picture(conflict, Name("b", NameState.Announced, NameState.Probing), Name("a", NameState.Waiting, NameState.None)));

        RepositoryFiles.Check(
            "tests/Beacon.Aot.Tests/ContractSnapshots/mdns.json",
            answer.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
    }

    [Theory]
    [InlineData("", "a.local b.local c.local", 3)]
    [InlineData("?q=B.LO", "b.local", 1)]
    [InlineData("?state=announced", "b.local c.local", 2)]
    [InlineData("?state=probing", "b.local", 1)]
    [InlineData("?state=waiting", "a.local", 1)]
    [InlineData("?limit=1&skip=1", "b.local", 3)]
    [InlineData("?skip=9", "", 3)]
    public void Names_are_found_in_order_and_in_pages(string query, string names, int total)
    {
        var answer = Answer(
            Picture(
                null,
                Name("c", NameState.Announced, NameState.Announced),
                Name("b", NameState.Announced, NameState.Probing),
                Name("a", NameState.Waiting, NameState.None)),
            query);

        Assert.Equal(names, string.Join(' ', answer["names"]!.AsArray().Select(name => name!["name"]!.GetValue<string>())));
        Assert.Equal(total, answer["total"]!.GetValue<int>());
        Assert.Null(answer["last_conflict"]);
    }

    [Theory]
    [InlineData("?state=held", "enum")]
    [InlineData("?limit=101", "less_than_equal")]
    [InlineData("?skip=-1", "greater_than_equal")]
    public void A_question_that_makes_no_sense_is_a_problem(string query, string type)
    {
        var problems = new Problems();

        Assert.Null(NameFilter.Read(new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)), problems));
        Assert.Equal(type, Assert.Single(problems.Found).Type);
    }
}
