using System.Globalization;
using Beacon.Testing.Mongo;
using MongoDB.Bson;

namespace Beacon.Testing.Chaos;

/// <summary>The database of a run: a test server that keeps its data in a file, asks for a password and suffers one fault at a time.</summary>
internal sealed class ChaosDatabase : IDisposable
{
    public const string Services = "beacon.services";
    private const string Password = "ch@os:pass/word";
    private readonly Random _random;
    private readonly Lock _gate = new();

    public ChaosDatabase(string file, int seed)
    {
        _random = new Random(seed);
        Server = new MongoTestServer(new MongoTestServerOptions
        {
            // Clients make connections all the time; one of them must not take the port while this server is down.
            Port = ChaosPorts.Free(),
            ReplicaSet = "rs0",
            File = file,
            Users = new Dictionary<string, string> { ["beacon/umbrel"] = Password },
            Mechanisms = ["SCRAM-SHA-256"],
        });
    }

    public MongoTestServer Server { get; }

    public string Url => Server.Url("beacon", $"umbrel:{Uri.EscapeDataString(Password)}");

    public void Begin(ChaosEvent fault)
    {
        switch (fault.Fault)
        {
            case ChaosFault.Refuse or ChaosFault.Crash:
                Server.Stop();
                break;
            case ChaosFault.Hang:
                Server.IsFrozen = true;
                break;
            case ChaosFault.StepDown:
                Server.IsPrimary = false;
                break;
            default:
                Server.Delay = fault.Delay;
                Server.Plan = _ => IsHit(fault.Share) ? OfCommand(fault.Fault) : MongoFault.None;
                break;
        }
    }

    public void End(ChaosEvent fault)
    {
        Server.Plan = null;
        Server.IsFrozen = false;
        Server.IsPrimary = true;
        if (fault.Fault == ChaosFault.Crash)
        {
            Server.Crash();
        }
        else
        {
            Server.Start();
        }
    }

    public IReadOnlyList<ChaosService> Read() => [.. Server.Documents(Services).Select(Read).OrderBy(x => x.Id, StringComparer.Ordinal)];

    public void Dispose() => Server.Dispose();

    private bool IsHit(double share)
    {
        lock (_gate)
        {
            return _random.NextDouble() < share;
        }
    }

    private static MongoFault OfCommand(ChaosFault fault) => fault switch
    {
        ChaosFault.Slow => MongoFault.Slow,
        ChaosFault.CutBefore => MongoFault.Cut,
        ChaosFault.CutAfterApplying => MongoFault.CutAfterApplying,
        ChaosFault.CutMidReply => MongoFault.CutMidReply,
        ChaosFault.HangAfterApplying => MongoFault.HangAfterApplying,
        ChaosFault.Duplicate => MongoFault.Duplicate,
        ChaosFault.DiskFull => MongoFault.DiskFull,
        ChaosFault.WriteConcern => MongoFault.WriteConcernTimeout,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not of single commands"),
    };

    private static ChaosService Read(BsonDocument document) => new(
        document["service_id"].AsString,
        document["port"].ToInt32() - ChaosClient.FirstPort,
        document["name"].AsString,
        document["metadata"] is BsonDocument metadata && metadata.TryGetValue(ChaosClient.Stamp, out var stamp)
            ? int.Parse(stamp.AsString, CultureInfo.InvariantCulture) : -1,
        document["status"].AsString,
        document["ttl"].ToInt32(),
        new DateTimeOffset(document["expires_at"].ToUniversalTime(), TimeSpan.Zero));
}
