namespace Beacon.Mdns.Transport;

/// <summary>For the host, which wants to know at start whether the operator named an interface that exists.</summary>
public static class InterfaceNames
{
    /// <summary>True when at least one of the names or globs fits at least one interface of this machine, up or down.</summary>
    public static bool AnyExists(IReadOnlyList<string> wanted, IEnumerable<string> present) =>
        present.Any(name => wanted.Any(pattern => Glob.Matches(pattern, name)));
}
