namespace Beacon.Mdns.Querying;

/// <summary>News for the listener, kept until the querier's own lists are in order.</summary>
internal readonly record struct RecordChange(QueryLink Link, CachedRecord Record, bool IsGone);
