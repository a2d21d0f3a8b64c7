using System.Net.Sockets;

namespace Beacon.Features.Health.Probing;

/// <summary>A connection that is counted while it is open.</summary>
internal sealed class CountedStream : NetworkStream
{
    private readonly OpenConnections _open;
    private int _isClosed;

    public CountedStream(Socket socket, OpenConnections open)
        : base(socket, ownsSocket: true)
    {
        _open = open;
        open.Add();
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _open.Remove();
        }

        base.Dispose(disposing);
    }
}
