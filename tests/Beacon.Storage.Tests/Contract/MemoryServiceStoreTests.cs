namespace Beacon.Storage.Tests.Contract;

public sealed class MemoryServiceStoreTests : ServiceStoreContract
{
    protected override IServiceStore Store { get; } = new MemoryStore();
}
