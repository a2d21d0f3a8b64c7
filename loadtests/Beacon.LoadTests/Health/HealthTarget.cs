using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Beacon.LoadTests.Health;

/// <summary>A small web server on a loopback address of its own that can be made to fail.</summary>
internal sealed class HealthTarget : IDisposable
{
    private const int Backlog = 64;
    private const int HostsPerNet = 250;

    private static readonly byte[] Fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();
    private static readonly byte[] Ailing = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private volatile TargetState _state;
    private Socket? _listener;

    public HealthTarget(int number)
    {
        Number = number;
        Address = new IPAddress([127, 1, (byte)(number / HostsPerNet), (byte)(1 + (number % HostsPerNet))]);
        Listen(0);
        Port = ((IPEndPoint)_listener!.LocalEndPoint!).Port;
    }

    public int Number { get; }

    public IPAddress Address { get; }

    public int Port { get; }

    public TargetState State => _state;

    /// <summary>What it did, in order. Written by the scenario alone.</summary>
    public List<Transition> Did { get; } = [];

    public int Answered { get; private set; }

    public void Become(TargetState state)
    {
        var before = _state;
        _state = state;
        if (state == TargetState.Refuses)
        {
            _listener!.Dispose();
            _listener = null;
        }
        else if (before == TargetState.Refuses)
        {
            Listen(Port);
        }

        // What is open would hide that nobody listens any more, or still hang.
        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    public void Dispose()
    {
        _listener?.Dispose();
        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    private void Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(Address, port));
        listener.Listen(Backlog);
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync();
                _open[socket] = true;
                _ = ServeAsync(socket);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It became one that refuses.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var buffer = new byte[2048];
        try
        {
            // A check's request is one packet.
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                if (_state != TargetState.Hangs)
                {
                    await socket.SendAsync(_state == TargetState.Well ? Fine : Ailing);
                    Answered++;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Broken off by either side.
        }
        finally
        {
            _open.TryRemove(socket, out _);
            socket.Dispose();
        }
    }
}
