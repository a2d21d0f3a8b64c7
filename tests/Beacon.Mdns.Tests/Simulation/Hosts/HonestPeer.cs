using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>
/// Another maker's responder, as small as RFC 6762 allows: a host and one service on it, probed for, tie-broken, announced, defended,
/// renamed and taken back. Written from the standard, not from the engine.
/// </summary>
internal sealed class HonestPeer(string name, FakeNetwork network, string wantedHost, string wantedInstance, string type, int servicePort)
    : SimHost(name)
{
    private const uint HostTtl = 120;
    private const uint OtherTtl = 4500;
    private const int Probes = 3;
    private const long ProbeGap = 250 * SimTime.Millisecond;
    private const long LostTiebreakPause = SimTime.Second;
    private const int MostRenames = 15;
    private const long StormPause = 5 * SimTime.Second;
    private const long RecordGap = SimTime.Second;
    private const long DefenceGap = 250 * SimTime.Millisecond;

    private readonly Dictionary<DecodedRecord, long> _lastSent = new(ReferenceEqualityComparer.Instance);
    private readonly List<DecodedRecord> _unique = [];
    private DecodedRecord _pointer = null!;
    private int _renames;
    private int _attempt;
    private int _probesSent;

    /// <summary>Asked three times and heard no objection.</summary>
    public bool Holds { get; private set; }

    /// <summary>What it answers for, while it holds its names.</summary>
    public IReadOnlyList<DecodedRecord> Unique => _unique;

    private Port Port => Ports[0];

    private string HostName => Numbered(wantedHost, ".local", $"-{_renames + 1}");

    private string InstanceName => Numbered(wantedInstance, "." + type, $" ({_renames + 1})");

    public void Start()
    {
        IsAlive = true;
        Claim(network.Random.NextInt64(ProbeGap));
    }

    public void Leave(bool sayGoodbye)
    {
        network.Note($"{Name} leaves{(sayGoodbye ? "" : " without a word")}");
        if (sayGoodbye && Holds)
        {
            Send(_unique.Append(_pointer), ttl: 0);
        }

        IsAlive = false;
        Holds = false;
        _attempt++;
    }

    public override void Receive(Port port, WirePacket packet)
    {
        var message = packet.Message;
        if (message.IsResponse)
        {
            if (packet.Source.Port == MdnsLimits.Port)
            {
                OnResponse(message);
            }

            return;
        }

        if (message.IsProbe && !Holds && _probesSent > 0 && IsTiebreakLost(message))
        {
            Claim(LostTiebreakPause);
        }
        else if (Holds)
        {
            Answer(packet);
        }
    }

    private void Claim(long delay)
    {
        Holds = false;
        _probesSent = 0;
        Compose();
        Schedule(delay, Probe);
    }

    private void Compose()
    {
        _unique.Clear();
        _lastSent.Clear();
        _unique.Add(Record(HostName, DecodedRecord.A, HostTtl, Port.Address.GetAddressBytes()));
        _unique.Add(Record(InstanceName, DecodedRecord.Srv, HostTtl, PacketBuilder.Srv(HostName, (ushort)servicePort)));
        _unique.Add(Record(InstanceName, DecodedRecord.Txt, OtherTtl, PacketBuilder.Txt("of=" + Name)));
        _pointer = Record(type, DecodedRecord.Ptr, OtherTtl, PacketBuilder.Name(InstanceName));
    }

    private void Probe()
    {
        if (_probesSent == Probes)
        {
            Holds = true;
            Announce();
            Schedule(SimTime.Second, Announce);
            return;
        }

        _probesSent++;
        var probe = PacketBuilder.Query().Ask(HostName, DecodedRecord.Any, qu: true).Ask(InstanceName, DecodedRecord.Any, qu: true);
        foreach (var record in _unique)
        {
            probe.Authority(record.Name, record.Type, record.Rdata, record.Ttl);
        }

        network.Multicast(Port, false, probe.ToArray());
        Schedule(ProbeGap, Probe, sameAttempt: true);
    }

    private void Announce() => Send(_unique.Append(_pointer).Where(record => MaySend(record, RecordGap)).ToList(), null);

    private void OnResponse(DecodedMessage message)
    {
        foreach (var record in message.Answers.Concat(message.Additionals))
        {
            if (record.Ttl == 0 || record.Type == DecodedRecord.Nsec || !IsMine(record.Name)
                || _unique.Any(mine => mine.Type == record.Type && Same(mine, record)))
            {
                continue;
            }

            if (!Holds && _probesSent > 0)
            {
                Rename();
                return;
            }

            if (Holds && _unique.Any(mine => IsNamed(mine, record.Name) && mine.Type == record.Type))
            {
                Claim(0);
                return;
            }
        }
    }

    private void Rename()
    {
        _renames++;
        network.Note($"{Name} is renamed to {InstanceName} on {HostName}");
        Claim(_renames < MostRenames ? network.Random.NextInt64(ProbeGap) : StormPause);
    }

    private bool IsTiebreakLost(DecodedMessage probe)
    {
        foreach (var group in probe.Authorities.Where(record => IsMine(record.Name)).GroupBy(record => record.Name.ToLowerInvariant()))
        {
            var theirs = group.OrderBy(record => record.Type).ThenBy(record => Convert.ToHexString(record.Rdata), StringComparer.Ordinal).ToList();
            var ours = _unique.Where(record => IsNamed(record, group.Key))
                .OrderBy(record => record.Type).ThenBy(record => Convert.ToHexString(record.Rdata), StringComparer.Ordinal).ToList();
            for (var at = 0; at < Math.Max(theirs.Count, ours.Count); at++)
            {
                if (at == theirs.Count)
                {
                    break;
                }

                var order = at == ours.Count ? -1 : Compare(ours[at], theirs[at]);
                if (order != 0)
                {
                    if (order < 0)
                    {
                        return true;
                    }

                    break;
                }
            }
        }

        return false;
    }

    private void Answer(WirePacket packet)
    {
        var message = packet.Message;
        var isProbe = message.IsProbe;
        var chosen = new List<DecodedRecord>();
        foreach (var question in message.Questions)
        {
            foreach (var record in _unique.Append(_pointer))
            {
                if (IsNamed(record, question.Name) && (question.Type == record.Type || question.Type == DecodedRecord.Any)
                    && !message.Answers.Any(known => known.Type == record.Type && Same(known, record) && known.Ttl >= record.Ttl / 2))
                {
                    chosen.Add(record);
                }
            }
        }

        if (chosen.Count == 0)
        {
            return;
        }

        var attempt = _attempt;
        var delay = isProbe ? 0 : network.Random.NextInt64(20 * SimTime.Millisecond, 120 * SimTime.Millisecond);
        network.At(network.Now + delay, () =>
        {
            if (attempt == _attempt && IsAlive && Holds)
            {
                Send(chosen.Where(record => MaySend(record, isProbe ? DefenceGap : RecordGap)).ToList(), null);
            }
        });
    }

    private bool MaySend(DecodedRecord record, long gap) =>
        !_lastSent.TryGetValue(record, out var last) || last + gap <= network.Now;

    private void Send(IEnumerable<DecodedRecord> records, uint? ttl)
    {
        var response = PacketBuilder.Response();
        var count = 0;
        foreach (var record in records)
        {
            response.Answer(record.Name, record.Type, record.Rdata, ttl ?? record.Ttl, record.Flush);
            _lastSent[record] = network.Now;
            count++;
        }

        if (count > 0)
        {
            network.Multicast(Port, false, response.ToArray());
        }
    }

    private void Schedule(long delay, Action act, bool sameAttempt = false)
    {
        var attempt = sameAttempt ? _attempt : ++_attempt;
        network.At(network.Now + delay, () =>
        {
            if (attempt == _attempt && IsAlive)
            {
                act();
            }
        });
    }

    private string Numbered(string wanted, string ending, string number) =>
        _renames == 0 ? wanted : wanted[..^ending.Length] + number + ending;

    private bool IsMine(string candidate) =>
        candidate.Equals(HostName, StringComparison.OrdinalIgnoreCase) || candidate.Equals(InstanceName, StringComparison.OrdinalIgnoreCase);

    private DecodedRecord Record(string owner, ushort recordType, uint ttl, byte[] rdata) =>
        new(owner, recordType, 1, recordType != DecodedRecord.Ptr, ttl, rdata, rdata);

    private static bool IsNamed(DecodedRecord record, string candidate) => record.Name.Equals(candidate, StringComparison.OrdinalIgnoreCase);

    private static bool Same(DecodedRecord left, DecodedRecord right) =>
        IsNamed(left, right.Name) && left.Rdata.AsSpan().SequenceEqual(right.Rdata);

    private static int Compare(DecodedRecord left, DecodedRecord right) =>
        left.Type != right.Type ? left.Type.CompareTo(right.Type) : left.Rdata.AsSpan().SequenceCompareTo(right.Rdata);
}
