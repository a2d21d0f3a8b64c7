using System.Net;
using Beacon.Mdns.Tests.Kit;
using Beacon.Registry.Events;

namespace Beacon.Mdns.Tests.Publishing;

/// <summary>Two Beacons with the same settings and the same service registered at both, on one link.</summary>
public sealed class TwoBeaconsTests
{
    private readonly EngineHarness _first = Beacon(seed: 1, "10.77.1.1");
    private readonly EngineHarness _second = Beacon(seed: 2, "10.77.1.2");
    private int _firstSeen;
    private int _secondSeen;

    [Fact]
    public void Section_9_one_keeps_the_names_the_other_counts_up_and_then_both_are_silent()
    {
        Run(seconds: 60);
        Assert.Equal(
            ["beacon-2.local", "beacon.local"],
            new[] { _first.Engine.HostName, _second.Engine.HostName }.Order(StringComparer.Ordinal));

        var spoken = _first.Sent.Count + _second.Sent.Count;
        Run(seconds: 60);
        Assert.Equal(spoken, _first.Sent.Count + _second.Sent.Count);
    }

    [Fact]
    public void Section_6_6_a_service_both_announce_alike_is_no_conflict_and_outlives_the_goodbye_of_one()
    {
        Run(seconds: 60);
        Assert.DoesNotContain(_first.MulticastAnswers().Concat(_second.MulticastAnswers()), record => record.Value.StartsWith("Sensor (2)", StringComparison.Ordinal));

        var spoken = _second.Sent.Count;
        _first.Tell(Services.Create(), RegistryEventKind.Deregistered);
        Run(seconds: 5);

        Assert.Contains(
            _second.Sent[spoken..].SelectMany(packet => packet.Message.Answers),
            record => record is { Value: "Sensor._http._tcp.local", Ttl: > 0 });
    }

    private static EngineHarness Beacon(int seed, string address)
    {
        var engine = new EngineHarness(seed, services: Services.Create());
        engine.SetLinks(EngineHarness.Link(EngineHarness.Eth0, address));
        return engine;
    }

    private void Run(int seconds)
    {
        for (var millisecond = 0; millisecond < seconds * 1000; millisecond++)
        {
            _first.Advance(1);
            _second.Advance(1);
            Carry(_first, ref _firstSeen, "10.77.1.1", _second);
            Carry(_second, ref _secondSeen, "10.77.1.2", _first);
        }
    }

    private static void Carry(EngineHarness from, ref int seen, string address, EngineHarness to)
    {
        for (; seen < from.Sent.Count; seen++)
        {
            to.Receive(from.Sent[seen].Bytes, new IPEndPoint(IPAddress.Parse(address), 5353), from.Sent[seen].IsMulticast);
        }
    }
}
