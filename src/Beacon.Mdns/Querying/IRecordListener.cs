namespace Beacon.Mdns.Querying;

/// <summary>Hears of records that come and go. Called on the querier's thread, never while it changes its own lists.</summary>
internal interface IRecordListener
{
    /// <summary>A record nobody had said on this link before, or not for a while.</summary>
    void OnRecord(QueryLink link, CachedRecord record, long now);

    /// <summary>It expired, was taken back, or its link is gone.</summary>
    void OnGone(QueryLink link, CachedRecord record, long now);
}
