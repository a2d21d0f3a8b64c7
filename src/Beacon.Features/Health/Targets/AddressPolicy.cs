using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Beacon.Features.Health.Probing;

namespace Beacon.Features.Health.Targets;

/// <summary>
/// Where checks may go. Whoever can register a service says what Beacon fetches, so it fetches from the service's own host and from the
/// subnets of this network only, and never from places that answer because it is Beacon who asks.
/// </summary>
/// <param name="allow">Exceptions of the operator; they win over everything else.</param>
/// <param name="ownPort">Where Beacon itself listens.</param>
/// <param name="ownAddresses">Of all interfaces of this machine; called for each check, by any thread.</param>
public sealed class AddressPolicy(IReadOnlyList<IPNetwork> allow, Func<int> ownPort, Func<IReadOnlyList<OwnAddress>> ownAddresses)
{
    /// <summary>Shorter prefixes are not a network somebody is on, but a tunnel that takes everything.</summary>
    private const int ShortestIPv4Prefix = 8;

    /// <inheritdoc cref="ShortestIPv4Prefix"/>
    private const int ShortestIPv6Prefix = 32;

    /// <summary>Prefixes of 31 and 32 bits have no broadcast address (RFC 3021).</summary>
    private const int LongestPrefixWithBroadcast = 30;

    /// <summary>
    /// What can be said of a health check's URL before it is used. Names are judged when they are checked, by the addresses they then have.
    /// </summary>
    /// <param name="serviceHost">As registered.</param>
    /// <param name="source">Where the registration came from.</param>
    /// <param name="problem">The rest of a sentence that begins with the name of the field.</param>
    public bool TryValidate(string url, string serviceHost, IPAddress? source, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(serviceHost);
        if (!CheckUrl.TryParse(url, out var parsed, out problem))
        {
            return false;
        }

        var host = ServiceHost.Read(serviceHost);
        var fixedAddresses = FixedAddresses(parsed, host, source);
        if (fixedAddresses is null)
        {
            return true;
        }

        foreach (var address in fixedAddresses)
        {
            problem = Objection(address, parsed.Port);
            if (problem is null && !IsAllowed(address) && !IsOnLink(address) && host.Name is null && !IsOneOf(address, host, source))
            {
                problem = Refusal(address, NotLocal);
            }

            if (problem is null)
            {
                return true;
            }
        }

        problem ??= "leads to no machine: the service's host is not known";
        return false;
    }

    /// <summary>The end of the sentence for an address that is neither the service's nor near.</summary>
    internal const string NotLocal = "it is neither the service's own host nor on a network of this machine";

    internal static string Refusal(IPAddress address, string reason) => $"may not go to {address}: {reason}";

    internal bool IsAllowed(IPAddress address)
    {
        var plain = AddressKinds.Plain(address);
        foreach (var range in allow)
        {
            if (range.Contains(plain) || range.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why no check may go there, be it the service's own host or not; null: nothing speaks against it.</summary>
    internal string? Objection(IPAddress address, int port)
    {
        if (IsAllowed(address))
        {
            return null;
        }

        if (ObjectionToPlain(address, port) is { } objection)
        {
            return Refusal(address, objection);
        }

        return AddressKinds.Wrapped(address) is { } wrapped && !IsAllowed(wrapped) && ObjectionToPlain(wrapped, port) is { } hidden
            ? Refusal(address, $"it stands for {wrapped}, and {hidden}")
            : null;
    }

    internal bool IsOnLink(IPAddress address)
    {
        address = AddressKinds.Plain(address);
        foreach (var own in ownAddresses())
        {
            var shortest = own.Address.AddressFamily == AddressFamily.InterNetwork ? ShortestIPv4Prefix : ShortestIPv6Prefix;
            if (own.PrefixLength >= shortest && InSubnet(own, address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Stands in for a host that means nothing but to the machine that named it: where it registered from, else this machine.</summary>
    internal IReadOnlyList<IPAddress> StandIns(IPAddress? source)
    {
        if (source is not null && (IsAllowed(source) || !(AddressKinds.IsLoopback(source) || AddressKinds.IsUnspecified(source))))
        {
            return [AddressKinds.Plain(source)];
        }

        var own = new List<IPAddress>();
        foreach (var address in ownAddresses())
        {
            if (AddressKinds.Objection(address.Address) is null)
            {
                own.Add(address.Address);
            }
        }

        return own;
    }

    /// <summary>The addresses a check would go to without asking a resolver; null when it takes one.</summary>
    internal IReadOnlyList<IPAddress>? FixedAddresses(CheckUrl url, ServiceHost host, IPAddress? source)
    {
        var isInside = url.Literal is { } literal
            ? AddressKinds.IsLoopback(literal) || AddressKinds.IsUnspecified(literal)
            : ServiceHost.IsLocalhost(url.Host);
        if (isInside && host.IsInside && (url.Literal is null || !IsAllowed(url.Literal)))
        {
            return StandIns(source);
        }

        return url.Literal is { } address ? [AddressKinds.Plain(address)] : isInside ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : null;
    }

    private bool IsOneOf(IPAddress address, ServiceHost host, IPAddress? source)
    {
        foreach (var own in host.IsInside ? StandIns(source) : host.Addresses)
        {
            if (own.Equals(address))
            {
                return true;
            }
        }

        return false;
    }

    private string? ObjectionToPlain(IPAddress address, int port)
    {
        address = AddressKinds.Plain(address);
        if (AddressKinds.Objection(address) is { } objection)
        {
            return objection;
        }

        foreach (var own in ownAddresses())
        {
            if (port == ownPort() && own.Address.Equals(address))
            {
                return "that is Beacon itself";
            }

            if (IsBroadcast(own, address))
            {
                return "it is every machine of the network";
            }
        }

        return null;
    }

    private static bool IsBroadcast(OwnAddress own, IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetwork || own.PrefixLength > LongestPrefixWithBroadcast || !InSubnet(own, address))
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        var hostBits = uint.MaxValue >> own.PrefixLength;
        var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes) & hostBits;
        return value == hostBits || value == 0;
    }

    private static bool InSubnet(OwnAddress own, IPAddress address)
    {
        var left = AddressKinds.Plain(own.Address);
        if (left.AddressFamily != address.AddressFamily)
        {
            return false;
        }

        var (first, second) = (left.GetAddressBytes(), address.GetAddressBytes());
        var (whole, rest) = Math.DivRem(Math.Min(own.PrefixLength, first.Length * 8), 8);
        return first.AsSpan(0, whole).SequenceEqual(second.AsSpan(0, whole))
            && (rest == 0 || (first[whole] ^ second[whole]) >> (8 - rest) == 0);
    }
}
