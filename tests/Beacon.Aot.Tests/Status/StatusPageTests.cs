using System.Text.RegularExpressions;
using Beacon.Aot.Status;
using Beacon.Aot.Tests.Health;
using Beacon.Features.Status;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Status;

public sealed class StatusPageTests
{
    private const string Family = ",\"tags\":[\"family\"]";

    /// <summary>Bytes with gzip of a page of twenty services with ninety days each: one round trip of a fresh connection.</summary>
    private const int SizeBudget = 14 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Switched_off_it_is_404_and_says_how_it_is_switched_on()
    {
        await using var rig = await HealthRig.StartAsync(status: new StatusOptions());
        await rig.AddAsync("secret service");

        var reply = await rig.Api.SendAsync("GET", "/status", headers: ("If-None-Match", "*"));
        var german = await rig.Api.SendAsync("GET", "/status", headers: ("Accept-Language", "de"));

        Assert.Equal((404, "text/html; charset=utf-8"), (reply.Status, reply.Header("Content-Type")));
        Assert.Contains("BEACON_STATUS_PAGE", reply.Body);
        Assert.DoesNotContain("secret service", reply.Body);
        Assert.Contains("BEACON_STATUS_PAGE", german.Body);
        Assert.Contains("lang=\"de\"", german.Body);
        Assert.Equal(StatusStyle.Policy, reply.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task Services_with_a_tag_of_the_settings_are_shown_once_under_the_first_of_them()
    {
        await using var rig = await StatusRig.StartAsync(["family", "media", "*"]);
        await rig.Api.AddAsync("jellyfin", ",\"tags\":[\"media\",\"family\"]");
        await rig.Api.AddAsync("radio", ",\"tags\":[\"media\"]");
        await rig.Api.AddAsync("borg", ",\"tags\":[\"backup\"]");

        var text = await rig.ReadTextAsync();

        Assert.Matches("family jellyfin .*media radio .*Other services borg ", text);
        Assert.Single(Regex.Matches(text, "jellyfin"));
    }

    [Fact]
    public async Task Services_without_such_a_tag_are_neither_shown_nor_counted()
    {
        await using var rig = await StatusRig.StartAsync(["family"]);
        await rig.Health.AddAsync("nextcloud", Family);
        var hidden = await rig.Health.AddAsync("borg", ",\"tags\":[\"Family\",\"backup\"]");
        await rig.FailAsync(hidden, "answered 500, expected 200-299");

        var text = await rig.ReadTextAsync();

        Assert.Contains("nextcloud", text);
        Assert.DoesNotContain("borg", text);
        Assert.DoesNotContain("unexpected answer", text);
        Assert.DoesNotContain("trouble", text);
        Assert.Contains("1 unknown", text);
    }

    [Fact]
    public async Task With_the_star_alone_there_is_one_group_of_all()
    {
        await using var rig = await StatusRig.StartAsync();
        await rig.Api.AddAsync("b", Family);
        await rig.Api.AddAsync("A");

        Assert.Matches("Services A Registered b Registered ", await rig.ReadTextAsync());
    }

    [Fact]
    public async Task Every_state_is_told_in_words_in_both_languages()
    {
        await using var rig = await StatusRig.StartAsync();
        var up = await rig.Health.AddAsync("a-up");
        rig.Health.Check(up);
        await rig.FailAsync(await rig.Health.AddAsync("b-down"), "refused the connection");
        await rig.Health.AddAsync("c-new");
        await rig.Api.AddAsync("d-bare", ",\"ttl\":3600");
        var planned = await rig.Health.AddAsync("e-plan");
        await rig.MaintainAsync(planned.ToString(), "new disk");
        await rig.FailAsync(planned, "no answer within 5 s");
        await rig.Api.AddAsync("f-gone", ",\"ttl\":10");
        await rig.Health.PassAsync();
        rig.Api.Registry.Advance();

        var english = await rig.ReadTextAsync("?lang=en");
        var german = await rig.ReadTextAsync("?lang=de");

        Assert.Contains("2 services have trouble 1 down · 1 expired · 1 in maintenance · 1 up · 1 registered · 1 unknown", english);
        Assert.Contains("2 Dienste sind gestört 1 gestört · 1 abgelaufen · 1 in Wartung · 1 läuft · 1 angemeldet · 1 unbekannt", german);
        Assert.Matches("a-up Up .*b-down Down .*c-new Unknown .*d-bare Registered .*e-plan Maintenance .*f-gone Expired", english);
        Assert.Matches("a-up Läuft .*b-down Gestört .*c-new Unbekannt .*d-bare Angemeldet .*e-plan Wartung .*f-gone Abgelaufen", german);
        Assert.Matches(@"Planned maintenance e-plan : new disk since 23 Nov 2026, 08:2\d · until 23 Nov 2026, 09:2\d", english);
        Assert.Matches(@"Geplante Wartung e-plan : new disk seit 23\.11\.2026, 08:2\d Uhr · bis 23\.11\.2026, 09:2\d Uhr", german);
        Assert.Matches("Going on now b-down : refused the connection since .* goes on", english);
        Assert.DoesNotContain("e-plan : no answer", english);
        Assert.Contains("Registered: nobody checks it", english);
        Assert.Matches("Zurzeit gestört b-down : Verbindung abgelehnt seit .* dauert an", german);
    }

    [Fact]
    public async Task The_headline_says_what_is_worst()
    {
        await using var rig = await StatusRig.StartAsync();
        Assert.StartsWith("Home Deutsch There is nothing to show yet", await rig.ReadTextAsync(), StringComparison.Ordinal);

        var id = await rig.Health.AddAsync("nas");
        Assert.StartsWith("Home Deutsch Nothing is checked yet", await rig.ReadTextAsync(), StringComparison.Ordinal);

        rig.Health.Check(id);
        Assert.StartsWith("Home Deutsch Everything works 1 up", await rig.ReadTextAsync(), StringComparison.Ordinal);

        await rig.MaintainAsync((await rig.Health.AddAsync("router")).ToString(), "");
        Assert.StartsWith("Home Deutsch Maintenance of 1 service", await rig.ReadTextAsync(), StringComparison.Ordinal);

        await rig.FailAsync(id, "no answer within 5 s");
        Assert.StartsWith("Home Deutsch 1 service has trouble", await rig.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incidents_of_a_fortnight_are_told_with_start_length_and_cause()
    {
        await using var rig = await StatusRig.StartAsync();
        var id = await rig.Health.AddAsync("nas");
        await rig.FailAsync(id, "no answer within 5 s");
        await rig.Health.PassAsync(90);
        rig.Health.Check(id);
        await rig.Health.PassAsync();

        Assert.Matches(@"The last 14 days nas : no answer 23 Nov 2026, 08:25 · for 1 h 30 min", await rig.ReadTextAsync());

        for (var i = 0; i < 15; i++)
        {
            rig.Health.Check(id);
            await rig.Health.PassAsync(24 * 60);
        }

        Assert.Contains("The last 14 days No interruptions.", await rig.ReadTextAsync());
    }

    [Theory]
    [InlineData("", "", "en")]
    [InlineData("", "de", "de")]
    [InlineData("", "de-AT,en;q=0.5", "de")]
    [InlineData("", "fr, en;q=0.3, de;q=0.8", "de")]
    [InlineData("", "den", "en")]
    [InlineData("", "de;q=0", "en")]
    [InlineData("", ";;", "en")]
    [InlineData("?lang=de", "en", "de")]
    [InlineData("?lang=EN", "de", "en")]
    [InlineData("?lang=<x>", "de", "de")]
    public async Task The_language_is_the_one_of_the_address_else_the_browsers(string query, string accepted, string language)
    {
        await using var rig = await StatusRig.StartAsync();

        var reply = await rig.SendAsync(query, ("Accept-Language", accepted));

        Assert.Equal((200, language), (reply.Status, reply.Header("Content-Language")));
        Assert.Contains($"<html lang=\"{language}\">", reply.Body);
        Assert.Equal("Accept-Language, Accept-Encoding", reply.Header("Vary"));
        Assert.DoesNotContain("<x>", reply.Body);
    }

    [Fact]
    public async Task Reloading_can_be_ended_and_the_language_stays()
    {
        await using var rig = await StatusRig.StartAsync();

        Assert.Contains("href=\"?lang=de&amp;refresh=off\"", (await rig.SendAsync("?lang=de")).Body);
        var still = await rig.SendAsync("?lang=de&refresh=off");

        Assert.Null(still.Header("Refresh"));
        Assert.Contains("href=\"?lang=de\"", still.Body);
        Assert.Contains("href=\"?lang=en&amp;refresh=off\"", still.Body);
    }

    [Fact]
    public async Task However_many_ask_it_is_made_once_in_five_seconds_and_a_known_one_is_304()
    {
        var store = new CountingStore();
        await using var rig = await StatusRig.StartAsync(store: store);
        var id = await rig.Health.AddAsync("nas");
        rig.Health.Check(id);
        await rig.Health.PassAsync();
        store.Reads = 0;

        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => rig.SendAsync(i % 2 == 0 ? "" : "?lang=de")));

        Assert.Equal(1, store.Reads);
        Assert.All(replies, x => Assert.Equal((200, "public, max-age=5"), (x.Status, x.Header("Cache-Control"))));
        var tag = replies[0].Header("ETag")!;
        var known = await rig.SendAsync("", ("If-None-Match", tag));
        Assert.Equal((304, "", "60", tag), (known.Status, known.Body, known.Header("Refresh"), known.Header("ETag")));

        rig.Health.Clock.Advance(StatusLimits.Pace);
        Assert.Equal(200, (await rig.SendAsync("", ("If-None-Match", tag))).Status);
        Assert.Equal(2, store.Reads);
    }

    [Fact]
    public async Task HEAD_says_the_same_without_the_page_and_nothing_else_is_allowed()
    {
        await using var rig = await StatusRig.StartAsync();
        var get = await rig.SendAsync();

        var head = await rig.Api.SendAsync("HEAD", "/status");

        Assert.Equal((200, "", get.Header("ETag"), get.Header("Content-Length")), (head.Status, head.Body, head.Header("ETag"), head.Header("Content-Length")));
        Assert.Equal(405, (await rig.Api.SendAsync("POST", "/status", "{}")).Status);
        Assert.Equal(200, (await rig.Api.GetAsync("/status/")).Status);
    }

    [Fact]
    public async Task A_history_that_cannot_be_read_is_said_and_what_is_now_is_shown()
    {
        await using var rig = await StatusRig.StartAsync(store: new CountingStore { IsBroken = true });
        await rig.Health.AddAsync("nas");

        var reply = await rig.SendAsync();

        Assert.Equal(200, reply.Status);
        Assert.Contains("cannot be read at the moment", reply.Body);
        Assert.Contains("nas", reply.Body);
        Assert.DoesNotContain("No interruptions", reply.Body);
        Assert.DoesNotContain("the disk is gone", reply.Body);
    }

    [Fact]
    public async Task While_nobody_knows_which_services_there_are_nothing_is_said_to_be_well()
    {
        await using var rig = await StatusRig.StartAsync(isBlind: true);

        var text = await rig.ReadTextAsync();

        Assert.Contains("The state is not known", text);
        Assert.DoesNotContain("Everything works", text);
    }

    [Fact]
    public async Task Of_ten_thousand_services_five_hundred_are_shown_those_in_trouble_first()
    {
        await using var rig = await StatusRig.StartAsync();
        var down = await rig.Health.AddAsync("zz-down");
        await rig.FailAsync(down, "refused the connection");
        for (var i = 0; i < 10_000; i++)
        {
            rig.Api.Registry.Register(new Registration { Name = $"sensor {i:00000}", Host = "192.168.1.50", Port = 80 });
        }

        var page = await rig.ReadAsync();

        Assert.Equal(StatusLimits.MaxServices, Regex.Count(page, "<div class=\"row\">"));
        Assert.Contains("9501 further services are not shown.", page);
        Assert.Contains("1 down · 10000 registered", page);
        Assert.Matches("<div class=\"row\"><h3><bdi>zz-down", page);
        Assert.True(page.Length < 512 * 1024, $"{page.Length} characters");
    }

    [Fact]
    public async Task Twenty_services_with_ninety_days_each_fit_into_the_budget_and_their_bars_say_what_they_show()
    {
        await using var rig = await StatusRig.StartAsync();
        var ids = new List<ServiceId>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await rig.Health.AddAsync($"service number {i}"));
        }

        for (var day = 0; day < 90; day++)
        {
            for (var part = 0; part < 24; part++)
            {
                for (var i = 0; i < ids.Count; i++)
                {
                    if ((day * 7) + i is 101 or 303 && part < 12)
                    {
                        rig.Health.Fail(ids[i], "no answer within 5 s");
                    }
                    else
                    {
                        rig.Health.Check(ids[i]);
                    }
                }

                await rig.Health.PassAsync(60);
            }
        }

        var page = await rig.ReadAsync();
        var packed = await rig.SendAsync("", ("Accept-Encoding", "gzip"));
        var size = int.Parse(packed.Header("Content-Length")!, System.Globalization.CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"{page.Length} characters, {size} bytes with gzip");

        Assert.Equal("gzip", packed.Header("Content-Encoding"));
        Assert.InRange(size, 1000, SizeBudget);
        Assert.Equal(20, Regex.Count(page, "role=\"img\""));
        Assert.Contains("<path class=\"p\" d=\"M", page);
        Assert.Matches(@"<title>90 days with figures\. Trouble: \d+ [A-Z][a-z]{2} \(\d+(\.\d+)? %\)", page);
        Assert.Contains("<title>90 days with figures, none with trouble.</title><path class=\"n\" d=\"M0 15h900\"/><path class=\"g\" d=\"M0 15h900\"/></svg>", page);
        Assert.Contains("24 hours <b>100 %</b></span><span class=\"w\">30 days <b>100 %</b></span><span class=\"w\">90 days <b>100 %</b>", page);
    }
}
