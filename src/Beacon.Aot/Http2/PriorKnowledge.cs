using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Beacon.Aot.Http2;

/// <summary>
/// HTTP/2 without TLS on the port of HTTP/1.1, for clients that know beforehand that it is there (RFC 9113 §3.3). The server lets only TLS
/// choose between the two, and builds a pipeline for each endpoint. So there is a second endpoint of HTTP/2 alone that nobody can connect to,
/// and a connection that begins with the preface goes down its pipeline. It stays a connection of the first: limits, counts, addresses and the
/// stop of the server are those of every other.
/// </summary>
internal sealed class PriorKnowledge(KestrelServerLimits limits, TimeProvider time)
{
    private ConnectionDelegate? _http2;

    /// <summary>Must come before every call of <c>Listen</c>: endpoints are bound in order, and each accepts as soon as it is bound.</summary>
    public static PriorKnowledge Add(KestrelServerOptions kestrel, TimeProvider time)
    {
        Http2Bounds.Set(kestrel.Limits.Http2);
        var added = new PriorKnowledge(kestrel.Limits, time);
        kestrel.Listen(UnreachableEndPoint.Instance, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http2;
            endpoint.Use(next => added._http2 = next);
        });
        return added;
    }

    public static void AddTransport(IServiceCollection services) => services.AddSingleton<IConnectionListenerFactory, UnreachableTransport>();

    /// <summary>Must be called before the server starts, which tells others where it listens.</summary>
    public static void HideEndpoint(IServer server)
    {
        if (server.Features.Get<IServerAddressesFeature>() is { } all)
        {
            server.Features.Set<IServerAddressesFeature>(new ReachableAddresses(all));
        }
    }

    /// <summary>For endpoints without TLS.</summary>
    public void Watch(ListenOptions endpoint) => endpoint.Use(http1 => connection => ServeAsync(connection, http1));

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate http1)
    {
        var opening = await new FirstBytes(connection, limits, time).WaitAsync();
        if (opening != Opening.None)
        {
            await (opening == Opening.Http2 ? _http2! : http1)(connection);
        }
    }
}
