using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Transport;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>
/// A querier without sockets, clock or threads: what is wanted, datagrams, instants and links go in, queries come out of the sink and
/// records go to the listener. One cache per link (RFC 6762 §5, §7, §10). One thread at a time.
/// </summary>
/// <remarks>After any call the caller must come back with <see cref="OnTimer"/> at <see cref="NextDue"/>.</remarks>
internal sealed class QueryEngine
{
    private readonly List<QueryLink> _links = [];
    private readonly QuestionBook _questions;
    private readonly AnswerReader _answers;
    private readonly ForeignQueries _foreign;
    private readonly QueryWriter _writer;
    private readonly List<Question> _due = [];
    private readonly List<RecordChange> _changes = [];
    private readonly List<RecordChange> _telling = [];
    private readonly List<QuestionKey> _everywhere = [];
    private bool _sharesPort;
    private bool _isTelling;

    public QueryEngine(IDatagramSink sink, Random random)
    {
        _writer = new QueryWriter(sink);
        _questions = new QuestionBook(random);
        _answers = new AnswerReader(_questions, random, _changes);
        _foreign = new ForeignQueries();
    }

    /// <summary>Set before the first call; nobody hears otherwise.</summary>
    public IRecordListener? Listener { get; set; }

    public long NextDue
    {
        get
        {
            var next = MdnsTimings.Idle;
            foreach (var link in _links)
            {
                next = Math.Min(next, link.NextDue);
            }

            return next;
        }
    }

    public IReadOnlyList<QueryLink> Links => _links;

    /// <summary>Packets sent, counting each family.</summary>
    public long Sent => _writer.Sent;

    /// <summary>Records that were not kept, or questions not asked, because a bound was reached.</summary>
    public long Refused
    {
        get
        {
            var refused = _questions.Refused;
            foreach (var link in _links)
            {
                refused += link.Cache.Refused;
            }

            return refused;
        }
    }

    /// <summary>The links as they are now. A link that is gone takes what was heard there with it (RFC 6762 §10.3).</summary>
    public void OnLinksChanged(IReadOnlyList<LinkInfo> links, bool sharesPort, long now)
    {
        _sharesPort = sharesPort;
        for (var at = _links.Count - 1; at >= 0; at--)
        {
            var link = _links[at];
            var info = links.FirstOrDefault(x => x.Index == link.Index && x.Name == link.Info.Name);
            if (info is not null)
            {
                link.Info = info;
                continue;
            }

            _links.RemoveAt(at);
            _questions.OnLinkGone(link);
            while (link.Cache.TakeExpired(MdnsTimings.Idle) is { } record)
            {
                _changes.Add(new RecordChange(link, record, IsGone: true));
            }
        }

        foreach (var info in links)
        {
            if (_links.Count < MdnsLimits.Links && !_links.Exists(x => x.Index == info.Index))
            {
                var link = new QueryLink(info);
                _links.Add(link);
                foreach (var key in _everywhere)
                {
                    _questions.Want(link, key, now);
                }
            }
        }

        foreach (var link in _links)
        {
            link.Cache.Capacity = QuerierLimits.Records / _links.Count;
            link.Cache.ByteCapacity = QuerierLimits.Bytes / _links.Count;
        }

        Tell(now);
    }

    /// <summary>Asks for it on every link there is and every one that comes, to the end.</summary>
    /// <param name="name">Uncompressed; kept.</param>
    public void WantEverywhere(byte[] name, RecordType type, long now)
    {
        var key = new QuestionKey(name, type);
        _everywhere.Add(key);
        foreach (var link in _links)
        {
            _questions.Want(link, key, now);
        }
    }

    /// <summary>Asks for it on one link until <see cref="Forget"/>. Wanting the same twice takes forgetting it twice.</summary>
    /// <param name="name">Uncompressed; kept.</param>
    public void Want(QueryLink link, byte[] name, RecordType type, long now) => _questions.Want(link, new QuestionKey(name, type), now);

    /// <summary>Harmless for a link that is gone.</summary>
    public void Forget(QueryLink link, byte[] name, RecordType type)
    {
        if (_links.Contains(link))
        {
            _questions.Forget(link, new QuestionKey(name, type));
        }
    }

    public void OnDatagram(int linkIndex, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram, long now)
    {
        var link = _links.Find(x => x.Index == linkIndex);
        if (link is null || MessageReader.Open(datagram, out var reader) != WireError.None
            || reader.Header.Opcode != 0 || reader.Header.ResponseCode != 0)
        {
            return;
        }

        if (reader.Header.IsResponse)
        {
            _answers.OnResponse(link, source, toGroup, reader, now);
            Tell(now);
        }
        else
        {
            _foreign.OnQuery(link, source, toGroup, reader, now);
        }
    }

    public void OnTimer(long now)
    {
        foreach (var link in _links)
        {
            while (link.Cache.TakeExpired(now) is { } record)
            {
                _questions.OnExpired(link, record, now);
                _changes.Add(new RecordChange(link, record, IsGone: true));
            }

            Ask(link, now);
        }

        Tell(now);
    }

    private void Ask(QueryLink link, long now)
    {
        _due.Clear();
        while (link.Schedule.First is { } question && question.Due <= now)
        {
            if (_questions.Take(link, question, now))
            {
                _due.Add(question);
            }
        }

        if (_due.Count == 0)
        {
            return;
        }

        // The first queries after a start may spare the link the answers, unless another responder here would get them (§5.4, §15.1).
        var wantsUnicast = link.IsFirst && !_sharesPort;
        link.IsFirst = false;
        foreach (var question in _due)
        {
            question.UnicastUntil = wantsUnicast ? now + QuerierTimings.UnicastWindow.Ticks : MdnsTimings.Never;
        }

        _writer.Send(link, _due, wantsUnicast, now);
    }

    /// <summary>The listener may want and forget while it is told; what that changes is told after.</summary>
    private void Tell(long now)
    {
        if (_isTelling)
        {
            return;
        }

        _isTelling = true;
        while (_changes.Count > 0)
        {
            _telling.AddRange(_changes);
            _changes.Clear();
            foreach (var change in _telling)
            {
                if (change.IsGone)
                {
                    Listener?.OnGone(change.Link, change.Record, now);
                }
                else
                {
                    Listener?.OnRecord(change.Link, change.Record, now);
                }
            }

            _telling.Clear();
        }

        _isTelling = false;
    }
}
