namespace Beacon.Native.Tests.Lab;

/// <summary>Whose judgement is asked for.</summary>
public enum OracleKind
{
    Avahi,

    /// <summary>python-zeroconf.</summary>
    Zeroconf,

    /// <summary>From npm: bonjour-service looks, ciao publishes.</summary>
    Node,
}
