using Beacon.Mdns.Publishing;
using Beacon.Mdns.Tests.Kit;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Mdns.Tests.Engine;

/// <summary>The responder with its thread, its queue and a real registry. Virtual time moves while real threads run, so these wait for facts.</summary>
public sealed class ResponderTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Real time after which what did not come never will.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestClock _clock = new();
    private readonly FakeTransport _transport;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServiceRegistry _registry;
    private readonly MdnsResponder _responder;
    private readonly Task _running;

    public ResponderTests()
    {
        _transport = new FakeTransport(_clock, EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1"));
        _registry = new ServiceRegistry(_clock, new RegistryLimits(), new EventHub());
        _responder = new MdnsResponder(
            new MdnsOptions(), _registry, _transport, new FakeLookup(("nas.lan", "10.77.1.70"), ("slow", null)), new MemoryNameStore(),
            _clock, NullLogger.Instance, seed: 1);
        _running = _responder.RunAsync(_stopping.Token);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        while (!_running.IsCompleted)
        {
            _clock.Advance(Step);
            await Task.Yield();
        }

        await _transport.DisposeAsync();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Whoever_asks_gets_a_picture_of_the_engines_own_thread_and_nothing_after_the_end()
    {
        Register("10.77.1.50");
        Assert.NotNull(WaitForAnnouncement("Sensor._http._tcp.local"));

        var pictures = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _responder.LookAsync(TestContext.Current.CancellationToken)));
        Assert.All(pictures, picture => Assert.Contains(picture!.Names, name => name.Text == "Sensor._http._tcp.local"));

        await _stopping.CancelAsync();
        Until(() => _running.IsCompleted);
        Assert.Null(await _responder.LookAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_registered_service_is_announced_and_seen_in_the_status()
    {
        var id = Register("10.77.1.50");
        Assert.NotNull(WaitForAnnouncement("Sensor._http._tcp.local"));
        Until(() => _responder.TryGetAnnouncement(id, out var announcement) && announcement.State == AnnouncementState.Announced);

        var status = _responder.Status;
        Assert.True(status.Running);
        Assert.Equal("beacon.local", status.HostName);
        Assert.Equal(1, status.Services);
        Assert.Equal(5, status.Names);
        Assert.True(status.PacketsOut > 0);
        Assert.Equal("eth0", Assert.Single(status.Links).Name);
    }

    [Fact]
    public void A_deregistered_service_is_taken_back()
    {
        var id = Register("10.77.1.50");
        Assert.NotNull(WaitForAnnouncement("Sensor._http._tcp.local"));
        _registry.Deregister(id);

        Assert.NotNull(WaitFor(message => message.Answers.Exists(record => record.Value == "Sensor._http._tcp.local" && record.Ttl == 0)));
    }

    [Fact]
    public void An_expired_service_is_taken_back()
    {
        Register("10.77.1.50");
        Assert.NotNull(WaitForAnnouncement("Sensor._http._tcp.local"));
        _clock.Advance(TimeSpan.FromSeconds(301));
        _registry.Advance();

        Assert.NotNull(WaitFor(message => message.Answers.Exists(record => record.Value == "Sensor._http._tcp.local" && record.Ttl == 0)));
    }

    [Fact]
    public void A_query_is_answered()
    {
        Assert.NotNull(WaitForAnnouncement("beacon.local:8080"));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _transport.Receive(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A));

        Assert.NotNull(WaitFor(message => message.Answers is [{ Name: "beacon.local", Type: DecodedRecord.A }]));
    }

    [Fact]
    public void A_unicast_host_name_is_looked_up_away_from_the_engine()
    {
        Register("nas.lan");
        Assert.NotNull(WaitForAnnouncement("beacon-nas-lan.local:80"));
    }

    [Fact]
    public void A_look_up_that_never_ends_has_failed_after_five_seconds()
    {
        Register("slow");
        Assert.NotNull(WaitForAnnouncement("beacon.local:80"));
    }

    [Fact]
    public void A_link_that_appears_is_used()
    {
        Assert.NotNull(WaitForAnnouncement("beacon.local:8080"));
        _transport.SetLinks(EngineHarness.Link(EngineHarness.Eth1, "10.77.2.1"));

        Assert.NotNull(WaitFor(message => message.Answers.Exists(record => record is { Name: "beacon.local", Value: "10.77.2.1" })));
    }

    [Fact]
    public async Task A_stop_says_goodbye_and_returns()
    {
        Register("10.77.1.50");
        Assert.NotNull(WaitForAnnouncement("Sensor._http._tcp.local"));
        await _stopping.CancelAsync();

        Assert.NotNull(WaitFor(message => message.Answers.Exists(record => record.Value == "Sensor._http._tcp.local" && record.Ttl == 0)));
        var stopped = _clock.Elapsed;
        while (!_running.IsCompleted)
        {
            _clock.Advance(Step);
            await Task.Delay(5, CancellationToken.None);
        }

        await _running;
        Assert.False(_responder.Status.Running);

        // The engine's own limit is 0.9 s (tested in virtual time alone); here a busy machine may keep the thread waiting while the clock moves.
        Assert.InRange(_clock.Elapsed - stopped, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private ServiceId Register(string host) =>
        _registry.Register(new Registration { Name = "Sensor", Host = host, Port = 80 }).Service.Id;

    private DecodedMessage? WaitForAnnouncement(string value) =>
        WaitFor(message => message.Answers.Exists(record => record.Value == value && record.Ttl > 0));

    /// <summary>
    /// Moves the clock until the message comes, but never while the responder's thread is at work: on a busy machine the clock would run
    /// minutes ahead of it. Real time only bounds the wait for what never comes.
    /// </summary>
    private DecodedMessage? WaitFor(Predicate<DecodedMessage> fits)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!patience.IsCancellationRequested)
        {
            if (_transport.Next() is { } message)
            {
                if (fits(message))
                {
                    return message;
                }
            }
            else if (_transport.IsResting)
            {
                _clock.Advance(Step);
            }
        }

        return null;
    }

    private void Until(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo() && !patience.IsCancellationRequested)
        {
            if (_transport.IsResting)
            {
                _clock.Advance(Step);
            }

            Thread.Yield();
        }

        Assert.True(isSo());
    }
}
