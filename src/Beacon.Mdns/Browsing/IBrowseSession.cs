using Beacon.Mdns.Querying;

namespace Beacon.Mdns.Browsing;

/// <summary>Turns records into what was looked for. Owned by the thread that drives the querier.</summary>
internal interface IBrowseSession : IRecordListener
{
    /// <summary>When <see cref="OnTimer"/> has something to tell; idle when all that is known was told.</summary>
    long NextDue { get; }

    /// <summary>How many things were told as whole and are still there.</summary>
    int Answers { get; }

    void OnTimer(long now);
}
