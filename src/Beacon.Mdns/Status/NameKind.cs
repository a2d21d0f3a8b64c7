namespace Beacon.Mdns.Status;

public enum NameKind
{
    /// <summary>A host, with address records.</summary>
    Host,

    /// <summary>A service instance, with SRV and TXT.</summary>
    Instance,
}
