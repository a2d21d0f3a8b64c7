using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns.Transport;

/// <summary>
/// Counts what goes wrong on links and says it at most once a minute per link: an unplugged interface must not fill the disk. Any thread.
/// </summary>
internal sealed class TransportTrouble(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Interfaces come and go; beyond this many the oldest notes are forgotten all at once.</summary>
    private const int MostLinks = 256;

    private readonly Lock _saidGate = new();
    private readonly Dictionary<(int Link, bool IsSend), long> _saidAt = [];

    public TransportMetrics Metrics { get; } = new();

    public void SendFailed(LinkInfo link, IPEndPoint destination, SocketException exception)
    {
        Metrics.SendFailed();
        if (MayLog(link.Index, isSend: true))
        {
            TransportLog.SendFailed(logger, link.Name, destination, exception.SocketErrorCode, Metrics.SendFailures);
        }
    }

    public void OpenFailed(LinkInfo link, IPEndPoint bound, SocketException exception)
    {
        if (MayLog(link.Index, isSend: false))
        {
            TransportLog.OpenFailed(logger, link.Name, bound, exception.SocketErrorCode);
        }
    }

    private bool MayLog(int link, bool isSend)
    {
        lock (_saidGate)
        {
            var now = time.GetTimestamp();
            if (_saidAt.TryGetValue((link, isSend), out var saidAt) && time.GetElapsedTime(saidAt, now) < Pause)
            {
                return false;
            }

            if (_saidAt.Count >= MostLinks)
            {
                _saidAt.Clear();
            }

            _saidAt[(link, isSend)] = now;
            return true;
        }
    }
}
