namespace Beacon.Mdns.Publishing;

/// <summary>How far one service's announcement is.</summary>
public enum AnnouncementState
{
    /// <summary>Its host name is being looked up for the first time.</summary>
    WaitingForAddress,

    /// <summary>Its names are being claimed (RFC 6762 §8.1).</summary>
    Probing,

    /// <summary>Every host on the link can find it.</summary>
    Announced,

    /// <summary>It cannot be announced; <see cref="MdnsAnnouncement.Reason"/> says why.</summary>
    Refused,
}
