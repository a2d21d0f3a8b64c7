using Beacon.Features.Events;
using Beacon.Storage.Events;
using Beacon.Storage.Replication;

namespace Beacon.Aot.Events;

/// <summary>Notes in the event log that the shared database went away and that it is back. Being slow for a moment is no event.</summary>
internal sealed class DatabaseWatch(EventLog events)
{
    private bool _isLost;

    /// <summary>Called by the one loop that follows the database.</summary>
    public void Look(in ReplicationStatus status)
    {
        if (!_isLost && status.State == ReplicationState.Down)
        {
            _isLost = true;
            events.Record(EventKind.DatabaseLost, status.LastError);
        }
        else if (_isLost && status.State is (ReplicationState.Draining or ReplicationState.Healthy))
        {
            _isLost = false;
            events.Record(EventKind.DatabaseReached);
        }
    }
}
