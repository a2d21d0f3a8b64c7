namespace Beacon.Aot.Api;

/// <summary>What the API must know of how the program was started.</summary>
/// <param name="AnnouncesOverMdns">False when mDNS is switched off: nothing registered is announced, nothing deregistered withdrawn.</param>
internal sealed record ApiSettings(bool AnnouncesOverMdns);
