using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Beacon.Aot.Http2;

/// <summary>Listens to nothing until it is told to end.</summary>
internal sealed class UnreachableListener : IConnectionListener
{
    private readonly TaskCompletionSource<ConnectionContext?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EndPoint EndPoint => UnreachableEndPoint.Instance;

    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(_end.Task);

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        // Null is the last connection.
        _end.TrySetResult(null);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
