using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Beacon.Features.Health.Targets;

/// <summary>The addresses of this machine as the system tells them, containers' bridges included: what runs there is checked too.</summary>
public sealed class LocalNetworks(TimeProvider time)
{
    /// <summary>Listing interfaces takes a millisecond, and hundreds of checks a second ask.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private volatile Picture? _picture;

    public IReadOnlyList<OwnAddress> Read()
    {
        var now = time.GetTimestamp();
        if (_picture is { } known && time.GetElapsedTime(known.At, now) < Age)
        {
            return known.Addresses;
        }

        var fresh = new Picture(List(), now);
        _picture = fresh;
        return fresh.Addresses;
    }

    private static List<OwnAddress> List()
    {
        var addresses = new List<OwnAddress>();
        foreach (var link in Interfaces())
        {
            foreach (var address in link.GetIPProperties().UnicastAddresses)
            {
                if (address.Address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)
                {
                    addresses.Add(new OwnAddress(address.Address, address.PrefixLength));
                }
            }
        }

        return addresses;
    }

    private static NetworkInterface[] Interfaces()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces();
        }
        catch (Exception exception) when (exception is NetworkInformationException or IOException or UnauthorizedAccessException)
        {
            // The framework also wants /etc/resolv.conf, which may be missing. Nothing is on-link then, and a check of the service's own host still goes.
            return [];
        }
    }

    private sealed record Picture(IReadOnlyList<OwnAddress> Addresses, long At);
}
