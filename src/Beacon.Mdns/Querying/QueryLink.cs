using System.Diagnostics.CodeAnalysis;
using Beacon.Mdns.Transport;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>One interface as the querier sees it: what was heard there, and what is asked there.</summary>
internal sealed class QueryLink(LinkInfo info)
{
    public LinkInfo Info { get; set; } = info;

    public int Index => Info.Index;

    public RecordCache Cache { get; } = new();

    /// <summary>What is wanted here.</summary>
    public Dictionary<QuestionKey, Question> Questions { get; } = [];

    /// <summary>The same by the time it is asked next.</summary>
    public DueHeap<Question> Schedule { get; } = new();

    /// <summary>No query has gone out yet: the first may ask for unicast answers (RFC 6762 §5.4).</summary>
    public bool IsFirst { get; set; } = true;

    /// <summary>When the first queries that wait now will go; further ones join them.</summary>
    public long BatchDue { get; set; } = MdnsTimings.Never;

    public long NextDue => Math.Min(Cache.NextDue, Schedule.NextDue);

    public bool TryFind(byte[] name, RecordType type, [NotNullWhen(true)] out Question? question) =>
        Questions.TryGetValue(new QuestionKey(name, type), out question);
}
