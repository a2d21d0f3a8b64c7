using System.Net;
using System.Net.Sockets;

namespace Beacon.Testing.Chaos;

/// <summary>Ports that stay free while their server is down: below those the system gives to clients.</summary>
internal static class ChaosPorts
{
    private const int First = 20_000;
    private const int Last = 32_000;

    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
