using Beacon.Mdns.Links;

namespace Beacon.Mdns.Records;

/// <summary>Who wanted a unique name and must know what becomes of it. Called on the engine's thread.</summary>
internal interface IClaimant
{
    /// <summary>Nobody objected on this link; the name's records are being announced.</summary>
    void OnHeld(OwnedName name, LinkState link, long now);

    /// <summary>Another host has the name: leave it everywhere and ask for another one (RFC 6762 §9).</summary>
    void OnLost(OwnedName name, long now);
}
