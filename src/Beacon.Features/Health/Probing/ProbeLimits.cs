namespace Beacon.Features.Health.Probing;

/// <summary>What one check may take, whatever the target sends.</summary>
internal static class ProbeLimits
{
    /// <summary>Bytes of a body, decompressed: a page that says how it is fits; what comes behind is not read.</summary>
    public const int Body = 64 * 1024;

    /// <summary>Hops followed; a sixth is a loop.</summary>
    public const int Redirects = 5;

    /// <summary>Addresses of a name that are tried, in the order the resolver gave them.</summary>
    public const int Addresses = 4;

    /// <summary>Connections kept open for the next check; beyond it each check asks the target to close. Descriptors are few on small boards.</summary>
    public const int KeptConnections = 256;

    /// <summary>Kilobytes of response headers.</summary>
    public const int HeaderKilobytes = 32;

    /// <summary>A little more than the usual interval, or no connection would live to be used again.</summary>
    public static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(90);

    /// <summary>After this a connection is made anew: a target that takes no new connections must show.</summary>
    public static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    /// <summary>The longest timeout of a check; a connection attempt ends with its check, this is the second line.</summary>
    public static readonly TimeSpan Connect = TimeSpan.FromSeconds(60);
}
