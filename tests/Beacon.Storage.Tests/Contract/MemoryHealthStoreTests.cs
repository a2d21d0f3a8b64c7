using Beacon.Storage.Health;

namespace Beacon.Storage.Tests.Contract;

public sealed class MemoryHealthStoreTests : HealthHistoryStoreContract
{
    protected override IHealthHistoryStore Store { get; } = new MemoryHealthStore();
}
