namespace Beacon.Storage.Events;

/// <summary>Newest first.</summary>
/// <param name="Next">What <see cref="EventQuery.Before"/> is to read on; null when there is nothing more.</param>
public sealed record EventPage(IReadOnlyList<EventEntry> Entries, long? Next)
{
    /// <param name="found">Up to one more than asked for: it tells that there is more.</param>
    public static EventPage Of(List<EventEntry> found, int limit)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found.Count > limit ? new EventPage(found[..limit], found[limit - 1].Id) : new EventPage(found, null);
    }
}
