namespace Beacon.LoadTests.Mdns;

/// <summary>A row of the table, by its words.</summary>
internal sealed record MdnsFigure(string What, bool HigherIsBetter, string Target)
{
    public static MdnsFigure SameQuestion { get; } = new("irrelevant question, the same again, CPU µs", false, "≤ 6");

    public static MdnsFigure NewQuestion { get; } = new("irrelevant question, a new one each time, CPU µs", false, "≤ 6");

    public static MdnsFigure SameAnswer { get; } = new("a neighbour's answer, the same again, CPU µs", false, "≤ 6");

    public static MdnsFigure NewAnswer { get; } = new("a neighbour's answer, new names, CPU µs", false, "≤ 15");

    public static MdnsFigure AddressQueries { get; } = new("legacy A, answers a second", true, "≥ 2 × avahi per core");

    public static MdnsFigure AddressCost { get; } = new("legacy A, CPU µs a query", false, "≤ 1/2 of avahi");

    public static MdnsFigure PointerQueries { get; } = new("legacy PTR with 200 instances, answers a second", true, "≥ 100 × avahi");

    public static MdnsFigure PointerCost { get; } = new("legacy PTR with 200 instances, CPU µs a query", false, "≤ 1/100 of avahi");

    public static MdnsFigure PointerRecords { get; } = new("legacy PTR with 200 instances, records an answer", true, "");

    public static MdnsFigure PointerTruncated { get; } = new("legacy PTR with 200 instances, % that say so (TC)", true, "100");

    public static MdnsFigure LatencyMedianIdle { get; } = new("legacy A, waiting for the answer, nothing else to do, p50 µs", false, "");

    public static MdnsFigure LatencyP99Idle { get; } = new("legacy A, waiting for the answer, nothing else to do, p99 µs", false, "");

    public static MdnsFigure LatencyP999Idle { get; } = new("legacy A, waiting for the answer, nothing else to do, p99.9 µs", false, "");

    public static MdnsFigure LatencyMedianFlooded { get; } = new("legacy A, waiting for the answer, 10,000 irrelevant questions a second, p50 µs", false, "");

    public static MdnsFigure LatencyP99Flooded { get; } = new("legacy A, waiting for the answer, 10,000 irrelevant questions a second, p99 µs", false, "");

    public static MdnsFigure LatencyP999Flooded { get; } = new("legacy A, waiting for the answer, 10,000 irrelevant questions a second, p99.9 µs", false, "");

    /// <summary>Half, 99 and 99.9 of a hundred.</summary>
    public static IReadOnlyList<MdnsFigure> LatencyIdle { get; } = [LatencyMedianIdle, LatencyP99Idle, LatencyP999Idle];

    public static IReadOnlyList<MdnsFigure> LatencyFlooded { get; } = [LatencyMedianFlooded, LatencyP99Flooded, LatencyP999Flooded];

    public static MdnsFigure BusiestSecond { get; } = new("announcing 10,000 services, busiest second, % of 100 Mbit/s", false, "≤ 5");

    public static MdnsFigure AnnouncedPackets { get; } = new("announcing 10,000 services, packets", false, "");

    public static MdnsFigure AnnouncedAfter { get; } = new("announcing 10,000 services, last packet after s", false, "");

    public static MdnsFigure AnswerMeanwhile { get; } = new("announcing 10,000 services, legacy A meanwhile, p99 ms", false, "not starved");

    public static MdnsFigure AnsweredMeanwhile { get; } = new("announcing 10,000 services, legacy A meanwhile, % answered", true, "100");

    public static IReadOnlyList<MdnsFigure> All { get; } =
    [
        SameQuestion, NewQuestion, SameAnswer, NewAnswer, AddressQueries, AddressCost, PointerQueries, PointerCost, PointerRecords, PointerTruncated,
        .. LatencyIdle, .. LatencyFlooded,
    ];
}
