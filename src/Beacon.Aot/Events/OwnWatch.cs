using Beacon.Features.Events;
using Beacon.Mdns;
using Beacon.Storage;
using Beacon.Storage.Events;

namespace Beacon.Aot.Events;

/// <summary>
/// Notes in the event log how Beacon's own parts are: its store, and its names on the network. They are looked at rather than asked to tell,
/// so that they know nothing of a log; what is over between two looks was over before anybody was turned away.
/// </summary>
/// <param name="mdns">Null when it is switched off.</param>
internal sealed class OwnWatch(EventLog events, WriteThrough store, MdnsResponder? mdns, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private bool _isStoreDown;
    private long _conflicts;
    private string _hostName = "";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            LookAtStore();
            if (mdns?.Status is { Running: true } status)
            {
                await LookAtNamesAsync(mdns, status, cancellationToken);
            }
        }
    }

    private void LookAtStore()
    {
        var status = store.Status;
        if (!_isStoreDown && status.State == StoreState.Down)
        {
            _isStoreDown = true;
            events.Record(EventKind.StoreFailed, status.LastError);
        }
        else if (_isStoreDown && status.State == StoreState.Healthy)
        {
            _isStoreDown = false;
            events.Record(EventKind.StoreRecovered);
        }
    }

    /// <summary>Of several conflicts within a second the last one is told: in a storm of them the log would have nothing else.</summary>
    private async Task LookAtNamesAsync(MdnsResponder responder, MdnsStatus status, CancellationToken cancellationToken)
    {
        if (status.Conflicts != _conflicts && await responder.LookAsync(cancellationToken) is { LastConflict: { } last } picture)
        {
            _conflicts = picture.Conflicts;
            events.Record(EventKind.MdnsConflict, $"{last.Name}, {last.Interface}", last.Source.ToString());
        }

        if (_hostName.Length > 0 && _hostName != status.HostName)
        {
            events.Record(EventKind.MdnsRenamed, $"{_hostName} → {status.HostName}");
        }

        _hostName = status.HostName;
    }
}
