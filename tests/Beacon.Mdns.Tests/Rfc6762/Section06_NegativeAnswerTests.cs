using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Responding;
using Beacon.Mdns.Tests.Kit;
using Beacon.Mdns.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Mdns.Tests.Rfc6762;

/// <summary>RFC 6762 §6.1 where no registration leads: records of types that a restricted NSEC cannot name.</summary>
public sealed class Section06_NegativeAnswerTests
{
    private const ushort FarType = 257;

    [Theory]
    [InlineData((ushort)RecordType.A, true)]
    [InlineData(FarType, false)]
    public void Section_6_1_a_name_with_a_type_above_255_is_not_denied_anything(ushort other, bool isDenied)
    {
        var name = new OwnedName(PacketBuilder.Name("nas.local"), claimant: null);
        name.Add(Record(name, RecordType.Txt));
        name.Add(Record(name, (RecordType)other));
        var core = new EngineCore(new EngineHarness(start: false), new Random(1), new MdnsMetrics(), NullLogger.Instance);
        var link = new LinkState(0, EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1"), core);

        Assert.Equal(isDenied, NegativeAnswers.For(name, link) is not null);
    }

    private static MdnsRecord Record(OwnedName name, RecordType type) => new() { Owner = name, Type = type, Rdata = [0], Ttl = 120 };
}
