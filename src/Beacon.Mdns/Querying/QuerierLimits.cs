namespace Beacon.Mdns.Querying;

/// <summary>How much of what the network says is kept. Each bound guards memory against one who says too much.</summary>
internal static class QuerierLimits
{
    /// <summary>Records over all links, shared equally between them.</summary>
    public const int Records = 10_000;

    /// <summary>Bytes of their names and data, over all links.</summary>
    public const int Bytes = 4 * 1024 * 1024;

    /// <summary>What one record costs beside its name and data.</summary>
    public const int RecordOverhead = 128;

    /// <summary>One source may fill its link's share divided by this.</summary>
    public const int SourceFraction = 4;

    /// <summary>Questions asked at once; a further one is not asked and counted.</summary>
    public const int Questions = 16_384;

    /// <summary>Packets of known answers with one query; responders put no more together (RFC 6762 §7.2).</summary>
    public const int KnownAnswerPackets = 16;

    /// <summary>Aliases followed from one host name.</summary>
    public const int Aliases = 8;

    /// <summary>Service types browsed at once when all are wanted.</summary>
    public const int Types = 512;
}
