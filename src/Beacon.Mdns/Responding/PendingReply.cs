using System.Net;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>
/// One unicast answer in the making. Reused, so that answering allocates nothing once the pool is warm.
/// </summary>
internal sealed class PendingReply
{
    private const int LongestName = 256;

    private readonly byte[] _names = new byte[MdnsLimits.LegacyQuestions * LongestName];
    private readonly List<Question> _questions = [];

    public IPEndPoint Destination { get; set; } = new(IPAddress.Any, 0);

    public long Due { get; set; }

    /// <summary>For a resolver that is no mDNS host: id and question repeated, short lifetimes, no flush bit (RFC 6762 §6.7).</summary>
    public bool IsLegacy { get; set; }

    public ushort Id { get; set; }

    public bool RecursionDesired { get; set; }

    /// <summary>Bytes the asker takes, as its EDNS option says; 0 without one.</summary>
    public int EdnsSize { get; set; }

    /// <summary>Of the asker's EDNS option. Only 0 is defined; who speaks another learns which one we do (RFC 6891 §6.1.3).</summary>
    public byte EdnsVersion { get; set; }

    /// <summary>Some of it tells a probing host that the name is taken (RFC 6762 §8.1).</summary>
    public bool IsDefence { get; set; }

    public List<MdnsRecord> Answers { get; } = [];

    public int QuestionCount => _questions.Count;

    public void Clear()
    {
        _questions.Clear();
        Answers.Clear();
        EdnsSize = 0;
        EdnsVersion = 0;
        IsDefence = false;
    }

    /// <summary>False when there are more questions than can be repeated.</summary>
    public bool TryAddQuestion(in DnsQuestion question)
    {
        if (_questions.Count == MdnsLimits.LegacyQuestions)
        {
            return false;
        }

        var start = _questions.Count * LongestName;
        var length = question.Name.CopyTo(_names.AsSpan(start, LongestName));
        _questions.Add(new Question(length, question.Type, question.Class, question.WantsUnicast));
        return true;
    }

    public bool TryWriteQuestions(ref MessageWriter writer)
    {
        for (var at = 0; at < _questions.Count; at++)
        {
            var question = _questions[at];
            var name = _names.AsSpan(at * LongestName, question.NameLength);
            if (!writer.TryWriteQuestion(name, question.Type, question.Class, question.WantsUnicast))
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Question(int NameLength, RecordType Type, ushort Class, bool WantsUnicast);
}
