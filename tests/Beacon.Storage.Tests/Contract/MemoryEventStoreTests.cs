using Beacon.Storage.Events;

namespace Beacon.Storage.Tests.Contract;

public sealed class MemoryEventStoreTests : EventStoreContract
{
    protected override IEventStore Store { get; } = new MemoryEventStore();
}
