using Beacon.Aot.Events;
using Beacon.Features.Events;
using Beacon.Registry.Events;
using Beacon.Storage.Events;
using Beacon.Storage.Replication;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Aot.Tests.Events;

public sealed class DatabaseWatchTests
{
    [Fact]
    public async Task An_outage_is_told_once_when_it_begins_and_once_when_it_is_over_and_slowness_is_not()
    {
        using var events = new EventLog(new MemoryEventStore(), new EventHub(), new EventLogOptions(), new TestClock(), NullLogger.Instance);
        var watch = new DatabaseWatch(events);
        foreach (var state in (ReplicationState[])
        [
            ReplicationState.Behind, ReplicationState.Healthy, ReplicationState.Behind, ReplicationState.Down, ReplicationState.Down,
            ReplicationState.Behind, ReplicationState.Draining, ReplicationState.Healthy,
        ])
        {
            watch.Look(new ReplicationStatus(state, default, state == ReplicationState.Down ? "no server answers" : null, 0, default, HasMet: true));
        }

        var told = (await events.ReadAsync(new EventQuery(), TestContext.Current.CancellationToken)).Entries;
        Assert.Equal([(EventKind.DatabaseReached, null), (EventKind.DatabaseLost, "no server answers")], told.Select(x => (x.Kind, x.Detail)));
    }
}
