using Beacon.Registry.Services;
using MongoDB.Bson;

namespace Beacon.Storage.Mongo.Takeover;

/// <summary>A document of an earlier version that makes a service.</summary>
internal readonly record struct EarlierDocument(BsonDocument Document, ServiceView View);
