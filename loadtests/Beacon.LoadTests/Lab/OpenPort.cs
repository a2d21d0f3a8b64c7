using System.Net;
using System.Net.Sockets;

namespace Beacon.LoadTests.Lab;

/// <summary>A port on every loopback address that takes connections and closes them: enough for a check that only connects.</summary>
internal sealed class OpenPort : IDisposable
{
    private const int Backlog = 512;
    private readonly TcpListener _listener = new(IPAddress.Any, 0);

    public OpenPort()
    {
        _listener.Start(Backlog);
        _ = AcceptAsync();
    }

    public int Number => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
    }
}
