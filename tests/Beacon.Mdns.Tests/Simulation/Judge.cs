using Beacon.Mdns.Publishing;
using Beacon.Mdns.Tests.Kit;
using Beacon.Mdns.Tests.Simulation.Hosts;

namespace Beacon.Mdns.Tests.Simulation;

/// <summary>What must be true of a network that is left alone. Each check throws <see cref="SimulationFailure"/>.</summary>
internal sealed class Judge(World world)
{
    private long Now => world.Network.Now;

    /// <summary>Every record the Beacons answer for now, with the segment it is answered on.</summary>
    public List<(BeaconHost Beacon, Segment Segment, DecodedRecord Record)> Announced()
    {
        var all = new List<(BeaconHost, Segment, DecodedRecord)>();
        foreach (var beacon in world.Beacons)
        {
            foreach (var port in beacon.Ports.Where(port => port.IsUp))
            {
                foreach (var question in world.Names.Questions)
                {
                    foreach (var record in beacon.Interrogate(port, question))
                    {
                        all.Add((beacon, port.Segment, record));
                    }
                }
            }
        }

        return all;
    }

    /// <summary>Everybody who can hear the owner has the record and a way to find it.</summary>
    public void ExpectResolvable(IEnumerable<(BeaconHost Beacon, Segment Segment, DecodedRecord Record)> announced)
    {
        foreach (var (beacon, segment, record) in announced)
        {
            foreach (var listener in world.Listeners.Where(listener => world.AreConnected(listener.Ports[0].Segment, segment)))
            {
                if (!listener.Cache.Has(record, Now))
                {
                    throw new SimulationFailure($"{listener.Name} cannot resolve what {beacon.Name} announces on segment {segment.Id}: {record}");
                }

                if (record.Type == DecodedRecord.Srv && !IsListed(listener, record.Name))
                {
                    throw new SimulationFailure($"{listener.Name} does not find {record.Name} of {beacon.Name} in the list of its type");
                }
            }
        }
    }

    /// <summary>Whoever looks around has every instance in the list, at a host and port that somebody announces for it.</summary>
    public void ExpectBrowsed(IReadOnlyList<(BeaconHost Beacon, Segment Segment, DecodedRecord Record)> announced)
    {
        foreach (var (beacon, segment, record) in announced.Where(each => each.Record.Type == DecodedRecord.Srv))
        {
            foreach (var browser in world.Browsers.Where(browser => world.AreConnected(browser.Ports[0].Segment, segment)))
            {
                if (!browser.Told.TryGetValue(record.Name, out var told))
                {
                    throw new SimulationFailure($"{browser.Name} does not list what {beacon.Name} announces on segment {segment.Id}: {record}");
                }

                var places = announced.Where(each => Is(each.Record, record.Name, DecodedRecord.Srv)).Select(each => each.Record.Value);
                if (!places.Contains($"{told.Host}:{told.Port}", StringComparer.OrdinalIgnoreCase) && !IsDisputed(record.Name))
                {
                    throw new SimulationFailure($"{browser.Name} lists {told.FullName} at {told.Host}:{told.Port}, which nobody announces");
                }
            }
        }
    }

    /// <summary>What was taken back is out of the lists of those who look around, unless another host has the name.</summary>
    public void ExpectGoneFromLists(IEnumerable<(BeaconHost Beacon, Segment Segment, DecodedRecord Record)> before)
    {
        var after = Announced();
        foreach (var (beacon, segment, record) in before.Where(each => each.Record.Type == DecodedRecord.Srv))
        {
            // A name lost to another host gets no goodbye: who heard only the loser goes on believing it, at the loser's place.
            if (!after.Exists(each => Is(each.Record, record.Name, DecodedRecord.Srv)) && !IsDisputed(record.Name)
                && world.Browsers.Find(browser => world.AreConnected(browser.Ports[0].Segment, segment)
                    && browser.Told.TryGetValue(record.Name, out var told)
                    && record.Value.Equals($"{told.Host}:{told.Port}", StringComparison.OrdinalIgnoreCase)) is { } browser)
            {
                throw new SimulationFailure($"{browser.Name} still lists what {beacon.Name} took back: {record}");
            }
        }
    }

    /// <summary>No two hosts that hear each other answer for one unique name with different data.</summary>
    public void ExpectUniqueNames()
    {
        var held = Announced().Select(each => (Host: (SimHost)each.Beacon, each.Segment, each.Record))
            .Concat(world.Peers.Where(peer => peer.Holds)
                .SelectMany(peer => peer.Unique.Select(record => (Host: (SimHost)peer, peer.Ports[0].Segment, Record: record))));
        foreach (var set in held.GroupBy(each => (Name: each.Record.Name.ToLowerInvariant(), each.Record.Type)))
        {
            var hosts = set.GroupBy(each => each.Host).ToList();
            foreach (var other in hosts.Skip(1))
            {
                if (hosts[0].Any(left => other.Any(right => world.AreConnected(left.Segment, right.Segment)))
                    && !Data(hosts[0]).SetEquals(Data(other)))
                {
                    throw new SimulationFailure(
                        $"{hosts[0].Key.Name} and {other.Key.Name} both hold {set.Key.Name}: {hosts[0].First().Record} and {other.First().Record}");
                }
            }
        }

        static HashSet<string> Data(IEnumerable<(SimHost Host, Segment Segment, DecodedRecord Record)> records) =>
            [.. records.Select(each => each.Record.Value)];
    }

    /// <summary>Every registered service of a living Beacon is announced; twins under the name that was registered.</summary>
    public void ExpectAllAnnounced()
    {
        foreach (var beacon in world.Beacons.Where(beacon => beacon.IsAlive))
        {
            foreach (var service in beacon.Services.Values)
            {
                if (!beacon.Engine.TryGetAnnouncement(service.Id, out var announcement) || announcement.State != AnnouncementState.Announced)
                {
                    throw new SimulationFailure($"{service.Name} on {beacon.Name} is not announced but {announcement?.State} ({announcement?.Reason})");
                }

                if (world.AreTwins && announcement.InstanceName != service.Name)
                {
                    throw new SimulationFailure($"{service.Name} on {beacon.Name} is called {announcement.InstanceName}, though nobody says otherwise");
                }
            }
        }
    }

    /// <summary>What was taken back with goodbyes that nobody lost is in no cache, unless another host still says it.</summary>
    public void ExpectForgotten(IEnumerable<(BeaconHost Beacon, Segment Segment, DecodedRecord Record)> before)
    {
        var after = Announced();
        foreach (var (beacon, segment, record) in before)
        {
            foreach (var listener in world.Listeners.Where(listener => world.AreConnected(listener.Ports[0].Segment, segment)))
            {
                var isStillSaid = after.Exists(each =>
                    Is(each.Record, record) && world.AreConnected(each.Segment, listener.Ports[0].Segment));
                if (!isStillSaid && listener.Cache.Has(record, Now))
                {
                    throw new SimulationFailure($"{listener.Name} still believes what {beacon.Name} took back on segment {segment.Id}: {record}");
                }
            }
        }
    }

    public static bool Is(DecodedRecord left, DecodedRecord right) =>
        left.Type == right.Type && left.Name.Equals(right.Name, StringComparison.OrdinalIgnoreCase) && left.Rdata.AsSpan().SequenceEqual(right.Rdata);

    private static bool Is(DecodedRecord record, string name, ushort type) =>
        record.Type == type && record.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Others than Beacons say something under the name.</summary>
    private bool IsDisputed(string name) =>
        world.Peers.Exists(peer => peer.Holds && peer.Unique.Any(record => record.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private bool IsListed(Listener listener, string instance)
    {
        var type = instance[instance.IndexOf("._", StringComparison.Ordinal)..][1..];
        return listener.Cache.Under(type, Now).Any(known =>
            known.Record.Type == DecodedRecord.Ptr && known.Record.Value.Equals(instance, StringComparison.OrdinalIgnoreCase));
    }
}
