namespace Beacon.Mdns;

/// <summary>What the network is told of a service that is down, or about to be.</summary>
public enum DownPolicy
{
    /// <summary>Goodbye; announced again, under the same name, when it is back.</summary>
    Withdraw,

    /// <summary>Announced as if nothing were.</summary>
    Keep,

    /// <summary>Announced with <c>status=…</c> in its TXT record.</summary>
    Mark,
}
