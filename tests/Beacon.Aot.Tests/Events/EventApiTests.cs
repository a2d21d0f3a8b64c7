using System.Text.Json.Nodes;
using Beacon.Aot.Tests.Api;
using Beacon.Storage.Events;
using Beacon.Testing;

namespace Beacon.Aot.Tests.Events;

public sealed class EventApiTests : IAsyncLifetime
{
    private const string Path = "/api/v1/events";
    private readonly TestClock _clock = new();
    private ApiHarness _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHarness.StartAsync(time: _clock);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_conversation_about_events()
    {
        var id = await _api.AddAsync("nas");
        _clock.Advance(TimeSpan.FromMilliseconds(1500));
        await _api.SendAsync("PUT", $"/api/v1/services/{id}", """{"tags":["attic"],"health_check_url":null}""");
        await _api.SendAsync("PUT", $"/api/v1/services/{id}/maintenance", """{"duration":60,"reason":"new disks"}""");
        await _api.SendAsync("DELETE", $"/api/v1/services/{id}/maintenance");
        _clock.Advance(TimeSpan.FromHours(1));
        await _api.SendAsync("DELETE", $"/api/v1/services/{id}");
        _api.Events.Record(EventKind.StoreFailed, "disk I/O error");

        var snapshot = new Snapshot("events");
        await snapshot.SendAsync(_api, "GET", Path);
        await snapshot.SendAsync(_api, "GET", $"{Path}/?limit=2&before=5&service_id={id}");
        await snapshot.SendAsync(_api, "GET", $"{Path}?kind=store_failed,service_updated&kind=service_deregistered&q=NAS");
        await snapshot.SendAsync(_api, "GET", $"{Path}?since=2026-11-23T08:25:02Z&until=2026-11-23T09:00:00&limit=");
        await snapshot.SendAsync(_api, "GET", $"{Path}?limit=501&before=0&service_id=x&kind=heartbeat,nonsense&since=yesterday&until=tomorrow");
        await snapshot.SendAsync(_api, "GET", $"{Path}?limit=0&before=x&q=");
        await snapshot.SendAsync(_api, "POST", Path, "{}");
        snapshot.Check();
    }

    [Fact]
    public async Task Pages_join_without_gap_or_repeat_while_new_events_arrive()
    {
        for (var i = 1; i <= 100; i++)
        {
            _api.Events.Record(EventKind.MdnsRenamed, $"{i}");
        }

        var seen = new List<string>();
        for (var path = $"{Path}?limit=7"; path.Length > 0;)
        {
            var page = (await _api.GetAsync(path)).Json;
            seen.AddRange(page["events"]!.AsArray().Select(x => x!["detail"]!.GetValue<string>()));
            path = page["next"] is { } next ? $"{Path}?limit=7&before={next}" : "";
            _api.Events.Record(EventKind.MdnsRenamed, "new");
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(x => $"{x}").Reverse(), seen);
    }

    [Fact]
    public async Task As_lines_the_whole_of_what_matches_comes_whatever_the_limit()
    {
        for (var i = 1; i <= 1_234; i++)
        {
            _api.Events.Record(i % 2 == 0 ? EventKind.MdnsRenamed : EventKind.StoreFailed, $"{i}");
        }

        var reply = await _api.SendAsync("GET", $"{Path}?kind=mdns_renamed&limit=3", headers: ("Accept", "application/x-ndjson, */*;q=0.1"));

        Assert.Equal((200, "application/x-ndjson"), (reply.Status, reply.Headers["Content-Type"]));
        Assert.EndsWith("\n", reply.Body, StringComparison.Ordinal);
        var lines = reply.Body.TrimEnd('\n').Split('\n').Select(x => JsonNode.Parse(x)!).ToList();
        Assert.Equal(Enumerable.Range(1, 617).Select(x => $"{x * 2}").Reverse(), lines.Select(x => x["detail"]!.GetValue<string>()));
    }

    [Fact]
    public async Task As_lines_nothing_is_an_empty_body_and_what_is_wrong_is_told_as_ever()
    {
        var empty = await _api.SendAsync("GET", Path, headers: ("Accept", "application/x-ndjson"));
        var wrong = await _api.SendAsync("GET", $"{Path}?kind=x", headers: ("Accept", "application/x-ndjson"));

        Assert.Equal((200, ""), (empty.Status, empty.Body));
        Assert.Equal(422, wrong.Status);
        Assert.StartsWith("application/json", wrong.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_503_and_not_empty()
    {
        await using var api = await ApiHarness.StartAsync(events: new BrokenEventStore());

        var reply = await api.GetAsync(Path);

        Assert.Equal(503, reply.Status);
        Assert.Equal(201, (await api.RegisterAsync("""{"name":"a","host":"b","port":1}""")).Status);
    }

    [Fact]
    public async Task An_answer_that_did_not_change_is_304()
    {
        await _api.AddAsync("nas");
        var tag = (await _api.GetAsync(Path)).Headers["ETag"];

        Assert.Equal(304, (await _api.SendAsync("GET", Path, headers: ("If-None-Match", tag))).Status);
        _api.Events.Record(EventKind.StoreFailed);
        Assert.Equal(200, (await _api.SendAsync("GET", Path, headers: ("If-None-Match", tag))).Status);
    }

    private sealed class BrokenEventStore : IEventStore
    {
        public Task<long> LastIdAsync(CancellationToken cancellationToken) => Refuse<long>();

        public Task WriteAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken) => Refuse<long>();

        public Task<int> TrimAsync(DateTimeOffset? before, long through, int most, CancellationToken cancellationToken) => Refuse<int>();

        public Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken) => Refuse<EventPage>();

        public Task<IReadOnlyList<EventEntry>> ReadAfterAsync(long id, int limit, CancellationToken cancellationToken) => Refuse<IReadOnlyList<EventEntry>>();

        private static Task<T> Refuse<T>() => Task.FromException<T>(new IOException("disk I/O error"));
    }
}
