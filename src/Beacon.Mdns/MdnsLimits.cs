namespace Beacon.Mdns;

/// <summary>How much the engine takes before it says no. Each bound guards memory or the network against a neighbour's mistake.</summary>
internal static class MdnsLimits
{
    /// <summary>mDNS speaks from and to this port (RFC 6762 §3).</summary>
    public const int Port = 5353;

    /// <summary>Interfaces used at once.</summary>
    public const int Links = 64;

    /// <summary>Largest datagram ever sent or read: 9000 bytes with IPv6 and UDP headers (RFC 6762 §17).</summary>
    public const int LargestMessage = 8952;

    /// <summary>Payload of an ordinary packet with IPv4 only; jumbo links get no larger ones, because a bridge may lead to Wi-Fi.</summary>
    public const int PayloadIPv4 = 1472;

    public const int PayloadIPv6 = 1452;

    /// <summary>Whatever an interface says of itself: every IPv4 host takes datagrams of 576 bytes (RFC 791).</summary>
    public const int PayloadLeast = 512;

    /// <summary>IP and UDP headers.</summary>
    public const int HeadersIPv4 = 28;

    public const int HeadersIPv6 = 48;

    /// <summary>A legacy resolver without EDNS takes this many bytes (RFC 1035 §4.2.1).</summary>
    public const int LegacyPayload = 512;

    /// <summary>Questions of one legacy query that are repeated in its answer; resolvers send one.</summary>
    public const int LegacyQuestions = 8;

    /// <summary>
    /// Wake-ups in one <see cref="MdnsTimings.FloodWindow"/> for packets that were none of our business, before the next ones have to wait:
    /// 800 a second, far above a busy office.
    /// </summary>
    public const int IdleTurnsPerWindow = 40;

    /// <summary>
    /// Answers of one legacy query that are looked at. The shortest record there is takes 16 bytes, so this many fit no packet; with ten
    /// thousand instances of a type the rest would be chosen in vain.
    /// </summary>
    public const int LegacyAnswers = PayloadIPv4 / LeastRecord;

    /// <summary>The same for an asker without EDNS.</summary>
    public const int LegacyAnswersWithoutEdns = LegacyPayload / LeastRecord;

    /// <summary>A pointer to a one-letter instance, both names compressed.</summary>
    private const int LeastRecord = 16;

    /// <summary>
    /// Bytes a second that probing and announcing may put on one link, both families together: just under 5 % of a 100 Mbit/s switch. It spreads
    /// ten thousand services at a start over most of a minute; two hundred need a second.
    /// </summary>
    public const int AnnouncingBytesPerSecond = 600_000;

    /// <summary>Of a record beside its data, with a compressed owner: name, type, class, lifetime, length.</summary>
    public const int RecordBytes = 12;

    /// <summary>Delayed unicast answers per link: with the mean delay of 70 ms some 14,000 a second. Further askers get none and ask again.</summary>
    public const int PendingReplies = 1024;

    /// <summary>Packets of one unicast answer; what does not fit goes to everybody, at the pace of multicast. A forged source gets no flood.</summary>
    public const int ReplyPackets = 16;

    /// <summary>Records of all delayed unicast answers of one link; further askers get none and ask again.</summary>
    public const int PendingRecords = 16_384;

    /// <summary>Large unicast answers kept for reuse per link. A burst may need more; they are not kept after it.</summary>
    public const int SpareReplies = 16;

    /// <summary>Records up to which an answer is small and always kept for reuse.</summary>
    public const int SpareReplyRecords = 64;

    /// <summary>Hosts whose truncated queries are being put together, per link (RFC 6762 §7.2).</summary>
    public const int TruncatedSources = 64;

    public const int TruncatedPackets = 16;

    /// <summary>Bytes of all truncated queries of one link. Ordinary ones are a packet or two of 1,472; jumbo packets fill it sooner.</summary>
    public const int TruncatedBytes = 1024 * 1024;

    /// <summary>Bytes of all strings of one TXT record (RFC 6763 §6.2).</summary>
    public const int TxtRecord = 1300;

    /// <summary>Bytes of one string of a TXT record, without its length byte.</summary>
    public const int TxtString = 255;

    /// <summary>Bytes of one label.</summary>
    public const int Label = 63;

    /// <summary>Former data remembered per name, to know our own echo.</summary>
    public const int FormerData = 8;

    /// <summary>Former NSEC records remembered per name, so that an equal one that comes back knows when it was sent last.</summary>
    public const int FormerDenials = Links;

    /// <summary>Names probed in one burst: a dozen packets with ordinary data. Further names start a little later.</summary>
    public const int ProbeGroup = 64;

    /// <summary>Records of one foreign probe that are compared; nobody proposes more for one packet's worth of names.</summary>
    public const int ProposedRecords = 256;

    /// <summary>Look-ups of unicast host names that run at once.</summary>
    public const int ConcurrentLookups = 8;

    /// <summary>Addresses announced for one host.</summary>
    public const int AddressesPerHost = 16;

    /// <summary>Registry events waiting for the engine; when more come the whole registry is read again.</summary>
    public const int Events = 8192;
}
