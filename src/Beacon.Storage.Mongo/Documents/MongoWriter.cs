namespace Beacon.Storage.Mongo.Documents;

/// <summary>Who writes.</summary>
/// <param name="Run">Random, new with each start: tells our own earlier attempt from what a predecessor left.</param>
internal sealed record MongoWriter(string BeaconId, string Run);
