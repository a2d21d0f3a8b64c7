using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>One record as a listener remembers it.</summary>
internal sealed class CachedRecord(DecodedRecord record)
{
    public DecodedRecord Record { get; set; } = record;

    public long ReceivedAt { get; set; }

    public long ExpiresAt { get; set; }

    public bool Is(DecodedRecord other) =>
        Record.Type == other.Type && Record.Rdata.AsSpan().SequenceEqual(other.Rdata);
}
