using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Beacon.Aot.Http2;

/// <summary>Binds <see cref="UnreachableEndPoint"/> and leaves every other endpoint to the sockets.</summary>
internal sealed class UnreachableTransport : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is UnreachableEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new UnreachableListener());
}
