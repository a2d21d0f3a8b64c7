namespace Beacon.Storage.Tests.Contract;

public sealed class MemoryRecordStoreTests : RecordStoreContract
{
    protected override IRecordStore Store { get; } = new MemoryStore();
}
