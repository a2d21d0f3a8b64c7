namespace Beacon.Mdns.Publishing;

/// <summary>What is known of a unicast host name.</summary>
internal enum LookupState
{
    /// <summary>The first look-up has not ended.</summary>
    Unknown,

    Found,

    /// <summary>It never had an address another host could use.</summary>
    Failed,
}
