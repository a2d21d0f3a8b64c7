namespace Beacon.Mdns.Wire;

/// <summary>The three lists of records, in the order they lie in a message.</summary>
public enum Section : byte
{
    Answer,
    Authority,
    Additional,
}
