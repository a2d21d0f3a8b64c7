using Microsoft.AspNetCore.Http.Features;

namespace Beacon.Aot.Live;

/// <summary>Puts a <see cref="LiveOutlet"/> on a connection when it is upgraded, where the WebSocket would get the bare one.</summary>
internal sealed class LiveUpgrade(IHttpUpgradeFeature server) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => server.IsUpgradableRequest;

    /// <summary>Null before the upgrade.</summary>
    public LiveOutlet? Outlet { get; private set; }

    /// <summary>To be called before the WebSocket middleware, which keeps what it finds.</summary>
    public static void Prepare(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } server)
        {
            context.Features.Set<IHttpUpgradeFeature>(new LiveUpgrade(server));
        }
    }

    public async Task<Stream> UpgradeAsync() => Outlet = new LiveOutlet(await server.UpgradeAsync());
}
