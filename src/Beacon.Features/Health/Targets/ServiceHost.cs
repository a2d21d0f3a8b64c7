using System.Net;
using System.Net.Sockets;

namespace Beacon.Features.Health.Targets;

/// <summary>What the host a service registered with says about where it runs.</summary>
/// <param name="Addresses">When it is one address or several (the output of <c>hostname -i</c>).</param>
/// <param name="Name">Lower case, when it is a name that means something beyond its own machine; otherwise null.</param>
internal sealed record ServiceHost(IReadOnlyList<IPAddress> Addresses, string? Name)
{
    private const string Localhost = "localhost";

    /// <summary>Localhost, a wildcard, loopback: true only for the machine that said so, which is then where the registration came from.</summary>
    public bool IsInside => Addresses.Count == 0 && Name is null;

    public static ServiceHost Read(string host)
    {
        var text = host.Trim().TrimEnd('.').ToLowerInvariant();
        var parts = text.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        var addresses = new List<IPAddress>(parts.Length);
        foreach (var part in parts)
        {
            if (!TryRead(part, out var address))
            {
                return new ServiceHost([], parts.Length > 1 || IsLocalhost(text) ? null : text);
            }

            if (!AddressKinds.IsLoopback(address) && !AddressKinds.IsUnspecified(address))
            {
                addresses.Add(address);
            }
        }

        return new ServiceHost(addresses, null);
    }

    /// <summary>RFC 6761 §6.3: these names are loopback whatever a resolver says.</summary>
    public static bool IsLocalhost(string name) =>
        name == Localhost || name.EndsWith("." + Localhost, StringComparison.Ordinal);

    public bool IsCalled(string host) => Name == host;

    private static bool TryRead(string text, out IPAddress address)
    {
        var bare = text is ['[', .., ']'] ? text[1..^1] : text;

        // The framework reads "1" as 0.0.0.1; a host called "1" is a name.
        var isAddress = IPAddress.TryParse(bare, out var parsed)
            && (parsed.AddressFamily == AddressFamily.InterNetworkV6 || bare.AsSpan().Count('.') == 3);
        address = isAddress ? AddressKinds.Plain(parsed!) : IPAddress.None;
        return isAddress;
    }
}
