using Beacon.Storage.Mongo;
using Beacon.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Storage.Tests.Contract;

/// <summary>Against the test server, or the MongoDB that BEACON_TEST_MONGODB_URL names.</summary>
public sealed class MongoServiceStoreTests : ServiceStoreContract, IDisposable
{
    private readonly MongoTarget _target = new();
    private readonly SharedStoreRig _rig;

    public MongoServiceStoreTests() =>
        _rig = new SharedStoreRig(() => new MongoSharedStore(_target.Options(), TimeProvider.System, NullLogger.Instance));

    protected override IServiceStore Store => _rig;

    public void Dispose()
    {
        _rig.Dispose();
        _target.Dispose();
    }
}
