using Beacon.Storage.Mongo;
using Beacon.Testing.Mongo;

namespace Beacon.Storage.Tests.Support;

/// <summary>
/// A database of its own for one test: on the server that BEACON_TEST_MONGODB_URL names, else on a test server in this process.
/// </summary>
internal sealed class MongoTarget : IDisposable
{
    private const string Variable = "BEACON_TEST_MONGODB_URL";
    private readonly string _url;

    public MongoTarget(MongoTestServerOptions? options = null)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            _url = given;
            Database = $"beacon_test_{Guid.NewGuid():N}"[..30];
            return;
        }

        Server = new MongoTestServer(options ?? new MongoTestServerOptions { ReplicaSet = "rs0" });
        _url = Server.Url();
        Database = "beacon";
    }

    /// <summary>Null when a real server was given.</summary>
    public MongoTestServer? Server { get; }

    public string Database { get; }

    public MongoOptions Options(string beacon = "11111111-1111-1111-1111-111111111111")
    {
        Assert.True(MongoAddress.TryParse(_url, out var address, out var problem), problem);
        return new MongoOptions { Address = address!, Database = Database, BeaconId = beacon };
    }

    public void Dispose() => Server?.Dispose();
}
