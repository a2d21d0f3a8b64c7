using System.Net;
using System.Net.Sockets;
using Beacon.Features.Health.Targets;

namespace Beacon.Features.Health.Probing;

/// <summary>A service is well when a connection to it comes about. Nothing is sent.</summary>
internal sealed class TcpProbe(TargetFinder targets)
{
    public async Task<Verdict> AskAsync(ProbeSession session)
    {
        var target = await targets.FindAsync(session.Service, session.Url, session.Cancelled).ConfigureAwait(false);
        if (target.Problem is { } problem)
        {
            return Verdict.Failed(problem, target.IsRefused);
        }

        session.Begin();
        for (var at = 0; ; at++)
        {
            var order = new ConnectOrder(new IPEndPoint(target.Addresses[at], session.Url.Port), target.Addresses.Count - at, session);
            try
            {
                using var socket = await Connector.ConnectAsync(order, session.Cancelled).ConfigureAwait(false);
                return Verdict.Passed;
            }
            catch (SocketException) when (at + 1 < target.Addresses.Count)
            {
                // The next address.
            }
        }
    }
}
