using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>A name and a type; names match without regard to ASCII case.</summary>
internal readonly record struct QuestionKey(byte[] Name, RecordType Type)
{
    public bool Equals(QuestionKey other) => Type == other.Type && WireName.Equals(Name, other.Name);

    public override int GetHashCode() => HashCode.Combine(WireName.Hash(Name), Type);
}
