using System.Net;
using System.Text;
using System.Text.Json;
using Beacon.Aot.Cli.Browse;
using Beacon.Mdns.Browsing;
using Beacon.Testing;

namespace Beacon.Aot.Tests.Cli;

public sealed class BrowseOutputTests
{
    private static readonly IPAddress LinkLocal = new(IPAddress.Parse("fe80::50").GetAddressBytes(), 7);

    private static BrowsedService Service(string instance, string type = "_http._tcp", string link = "eth0", params TxtPair[] txt) => new(
        link, $"{instance}.{type}.local", instance, type, "local", "nas.local", 80, [IPAddress.Parse("10.0.0.5"), LinkLocal], txt);

    private static string List(Action<IBrowseOutput> look, bool colours = false)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var output = new ListOutput(text, null, colours);
        look(output);
        output.Finish();
        return text.ToString();
    }

    [Fact]
    public void A_list_is_in_order_of_type_and_name_with_columns_that_fit()
    {
        var text = List(output =>
        {
            output.OnService(BrowseEvent.Found, Service("Printer", "_ipp._tcp"));
            output.OnService(BrowseEvent.Found, Service("b", txt: [new("path", "/"), new("note", "two words"), new("flag", null)]));
            output.OnService(BrowseEvent.Found, Service("A long name"));
        });

        Assert.Equal(
            """
            _http._tcp
              A long name  eth0  nas.local:80  10.0.0.5 fe80::50%eth0
              b            eth0  nas.local:80  10.0.0.5 fe80::50%eth0
                           path=/ note="two words" flag
            _ipp._tcp
              Printer  eth0  nas.local:80  10.0.0.5 fe80::50%eth0

            """,
            text);
    }

    [Fact]
    public void What_changed_is_listed_once_and_what_went_is_not()
    {
        var text = List(output =>
        {
            output.OnService(BrowseEvent.Found, Service("stays"));
            output.OnService(BrowseEvent.Found, Service("goes"));
            output.OnService(BrowseEvent.Changed, Service("stays") with { Port = 81 });
            output.OnService(BrowseEvent.Gone, Service("goes"));
        });

        Assert.Equal("_http._tcp\n  stays  eth0  nas.local:81  10.0.0.5 fe80::50%eth0\n", text);
    }

    [Fact]
    public void One_that_nobody_resolved_says_so()
    {
        var text = List(output => output.OnService(BrowseEvent.Found, Service("ghost") with { Host = "", Port = 0, Addresses = [] }));

        Assert.Contains("ghost  eth0  nobody says where  no address", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_only_for_terminals()
    {
        Assert.DoesNotContain('\e', List(output => output.OnService(BrowseEvent.Found, Service("x"))));
        Assert.Contains("\e[1m_http._tcp\e[0m", List(output => output.OnService(BrowseEvent.Found, Service("x")), colours: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Following_writes_a_line_for_each_event_with_the_time_of_day()
    {
        using var text = new StringWriter { NewLine = "\n" };
        var output = new FollowOutput(text, new TestClock());
        output.OnService(BrowseEvent.Found, Service("x"));
        output.OnService(BrowseEvent.Gone, Service("x"));
        output.OnHost(BrowseEvent.Changed, new BrowsedHost("eth0", "nas.local", [LinkLocal]));

        Assert.Equal(
            """
            08:25:01.000 + _http._tcp  x  eth0  nas.local:80  10.0.0.5 fe80::50%eth0
            08:25:01.000 - _http._tcp  x  eth0
            08:25:01.000 ~ nas.local  fe80::50%eth0  eth0

            """,
            text.ToString());
    }

    [Fact]
    public void JSON_is_one_object_a_line_and_a_key_without_a_value_is_null()
    {
        using var bytes = new MemoryStream();
        var output = new JsonOutputLines(bytes);
        output.OnService(BrowseEvent.Found, Service("Küche", txt: [new("a", "1"), new("b", null)]));
        output.OnHost(BrowseEvent.Gone, new BrowsedHost("eth0", "nas.local", [LinkLocal]));

        var lines = Encoding.UTF8.GetString(bytes.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            """{"event":"found","kind":"service","name":"Küche._http._tcp.local","instance":"Küche","type":"_http._tcp","domain":"local","interface":"eth0","resolved":true,"host":"nas.local","port":80,"addresses":["10.0.0.5","fe80::50%eth0"],"txt":{"a":"1","b":null}}""",
            lines[0]);
        Assert.Equal("gone", JsonDocument.Parse(lines[1]).RootElement.GetProperty("event").GetString());
    }
}
