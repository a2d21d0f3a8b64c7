using System.Security.Cryptography.X509Certificates;

namespace Beacon.Testing.Mongo;

/// <summary>What kind of server to be.</summary>
public sealed record MongoTestServerOptions
{
    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>Null: a standalone server, which knows no transaction numbers and no change streams.</summary>
    public string? ReplicaSet { get; init; }

    /// <summary>21 is MongoDB 7.0, 25 is 8.0, 9 is 4.4.</summary>
    public int MaxWireVersion { get; init; } = 21;

    public int MinWireVersion { get; init; }

    /// <summary>Where changes are written down; null keeps them in memory.</summary>
    public string? File { get; init; }

    /// <summary>Users as "database/name" with their password; empty: anyone may do anything.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Mechanisms offered, best last asked.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = ["SCRAM-SHA-256", "SCRAM-SHA-1"];

    /// <summary>Speaks TLS with that when set.</summary>
    public X509Certificate2? Certificate { get; init; }
}
