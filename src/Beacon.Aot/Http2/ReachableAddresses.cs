using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Beacon.Aot.Http2;

/// <summary>The addresses the server listens on, without the one nobody can connect to.</summary>
internal sealed class ReachableAddresses(IServerAddressesFeature all) : IServerAddressesFeature
{
    /// <summary>A copy that cannot be changed: where Beacon listens is said in its settings.</summary>
    public ICollection<string> Addresses => [.. all.Addresses.Where(url => !UnreachableEndPoint.Shows(url))];

    public bool PreferHostingUrls
    {
        get => all.PreferHostingUrls;
        set => all.PreferHostingUrls = value;
    }
}
