using System.Net;
using Beacon.Mdns.Publishing;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>Knows the names it is given; a name without an address never returns.</summary>
internal sealed class FakeLookup(params (string Name, string? Address)[] known) : IHostLookup
{
    public async Task<IReadOnlyList<IPAddress>> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        foreach (var (candidate, address) in known)
        {
            if (candidate == name)
            {
                if (address is null)
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }

                return [IPAddress.Parse(address!)];
            }
        }

        throw new InvalidOperationException("No such host.");
    }
}
