using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Which of our records answer a query, and how they travel: to everybody or to the asker, now or after a random wait (RFC 6762 §5.4,
/// §6). Owned by the engine's thread; allocates nothing once its lists have grown.
/// </summary>
internal sealed class Responder(EngineCore core)
{
    /// <summary>Where the version lies in what is the lifetime of other records (RFC 6891 §6.1.3).</summary>
    private const int EdnsVersionShift = 16;

    private readonly Query _query = new();
    private readonly KnownAnswers _known = new(core);
    private readonly Tiebreak _tiebreak = new(core);

    public void OnQuery(LinkState link, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram, ref MessageReader reader, long now)
    {
        // Answers to addresses elsewhere would make us an amplifier for anyone who can reach the port (RFC 6762 §5.5).
        if (source.Port == 0 || (!toGroup && !link.IsOnLink(source.Address)))
        {
            link.Counters.Drop(DropReason.NotFromThisLink);
            return;
        }

        var header = reader.Header;
        if (source.Port == MdnsLimits.Port)
        {
            if (header.IsTruncated)
            {
                if (link.Truncated.TryAdd(source, toGroup, datagram, now, core.TruncatedDelay()))
                {
                    return;
                }
            }
            else if (header.QuestionCount == 0)
            {
                link.Truncated.TryFinish(source, datagram);
                return;
            }
        }
        else if (header.AnswerCount != 0 || header.AuthorityCount != 0 || !link.IsOneHost(source.Address))
        {
            link.Counters.Drop(DropReason.NoPlainQuery);
            return;
        }

        _query.Begin(link, source, toGroup, hasWaited: false);
        _query.MostAnswers = !_query.IsLegacy ? int.MaxValue
            : header.AdditionalCount == 0 ? MdnsLimits.LegacyAnswersWithoutEdns : MdnsLimits.LegacyAnswers;
        _query.Reply.Id = header.Id;
        _query.Reply.RecursionDesired = header.RecursionDesired;
        Read(ref reader, now);
        Answer(now);
    }

    /// <summary>Answers truncated queries whose time has come.</summary>
    public void OnTimer(LinkState link, long now)
    {
        while (link.Truncated.TakeDue(now) is { } query)
        {
            using (query)
            {
                _query.Begin(link, query.Source, query.ToGroup, hasWaited: true);
                foreach (var packet in query.Packets)
                {
                    if (MessageReader.Open(packet.Span, out var reader) == WireError.None)
                    {
                        Read(ref reader, now);
                    }
                }

                Answer(now);
            }
        }
    }

    private void Read(ref MessageReader reader, long now)
    {
        _query.IsProbe = !_query.IsLegacy && reader.Header.AuthorityCount > 0;
        _tiebreak.Begin();
        while (reader.TryReadQuestion(out var question))
        {
            _query.Questions++;
            if (_query.IsLegacy && !_query.Reply.TryAddQuestion(question))
            {
                _query.Candidates.Clear();
                return;
            }

            Choose(question);
        }

        while (reader.TryReadRecord(out var record))
        {
            switch (record.Section)
            {
                case Section.Answer:
                    _known.Note(ref record, _query.Number);
                    break;
                case Section.Authority when _query.IsProbe:
                    _tiebreak.Propose(ref record);
                    break;
                case Section.Additional when _query.IsLegacy && record.Type == RecordType.Opt:
                    _query.Reply.EdnsSize = Math.Max((int)record.Class, MdnsLimits.LegacyPayload);
                    _query.Reply.EdnsVersion = (byte)(record.Ttl >> EdnsVersionShift);
                    break;
                default:
                    break;
            }
        }

        if (_query.IsProbe)
        {
            _tiebreak.Judge(_query.Link, now);
        }
    }

    private void Choose(in DnsQuestion question)
    {
        if (question.Class is not (RecordClass.Internet or RecordClass.Any) || core.Names.Find(question.Name) is not { } name)
        {
            return;
        }

        if (name.IsUnique && !name.IsHeldOn(_query.Link))
        {
            if (_query.IsProbe && name.StateOn(_query.Link) == ClaimState.Probing)
            {
                _tiebreak.Expect(name);
            }

            return;
        }

        // Names others share hold pointers and nothing else.
        if (!name.IsUnique && (question.Type is not (RecordType.Ptr or RecordType.Any) || !_query.IsFirst(name, question.WantsUnicast)))
        {
            return;
        }

        var found = false;
        foreach (var record in name.Records)
        {
            if (_query.IsFull)
            {
                return;
            }

            if ((question.Type == record.Type || question.Type == RecordType.Any) && record.IsAnswerable(_query.Link))
            {
                found = true;
                _query.Choose(record, question.WantsUnicast, _query.IsProbe && name.IsUnique);
            }
        }

        // Only of a name that is ours alone can we say what it has not (RFC 6762 §6.1).
        if (!found && name.IsUnique && NegativeAnswers.For(name, _query.Link) is { } denial)
        {
            _query.Choose(denial, question.WantsUnicast, isDefence: false);
        }
    }

    private void Answer(long now)
    {
        var reply = _query.Reply;
        var link = _query.Link;
        var due = DueTime(now);
        var mayWait = due > now;
        var mayUnicast = _query.IsLegacy || (link.IsOnLink(_query.Source.Address) && link.IsOneHost(_query.Source.Address));
        var hasDefence = false;
        foreach (var candidate in _query.Candidates)
        {
            var record = candidate.Record;
            if (record.KnownBy == _query.Number && !_query.IsLegacy)
            {
                continue;
            }

            var wantsUnicast = candidate.WantsUnicast || _query.IsDirect;
            var age = now - record.On(link).LastMulticast;
            var isRecent = age <= TimeSpan.FromSeconds(record.Ttl).Ticks / MdnsTimings.UnicastFraction;
            if (_query.IsLegacy)
            {
                reply.Answers.Add(record);
                continue;
            }

            if (wantsUnicast && mayUnicast && (isRecent || candidate.IsDefence))
            {
                reply.Answers.Add(record);
                hasDefence |= candidate.IsDefence;
                if (isRecent && !(candidate.IsDefence && WasDefendedInVain(record, link, now)))
                {
                    continue;
                }
            }

            // A defence that waits comes too late: the other host would have claimed the name (RFC 6762 §8.1).
            link.Answers.Plan(record, now, candidate.IsDefence ? now : due, mayWait && !candidate.IsDefence, candidate.IsDefence);
        }

        if (reply.Answers.Count == 0)
        {
            link.Replies.Return(reply);
            return;
        }

        reply.IsDefence = hasDefence;
        reply.Due = hasDefence ? now : due;
        link.Replies.Send(reply, now);
    }

    /// <summary>
    /// Asked again a probe's gap after we defended the name: our unicast answer did not arrive, because a reflector is between us, so
    /// everybody gets to hear the next one. Copies of one probe come closer together.
    /// </summary>
    private static bool WasDefendedInVain(MdnsRecord record, LinkState link, long now)
    {
        ref var state = ref record.On(link);
        var since = now - state.LastDefended;
        if (since < MdnsTimings.DefenceRepeatLeast.Ticks)
        {
            return false;
        }

        state.LastDefended = now;
        return since <= MdnsTimings.DefenceRepeatMost.Ticks;
    }

    /// <summary>Nobody else can give a unique record, so there is nothing to collide with; all else waits a little (RFC 6762 §6, §6.3).</summary>
    private long DueTime(long now)
    {
        var isAlone = _query.Questions <= 1 && !_query.HasShared;
        return _query.HasWaited || isAlone ? now : now + core.SharedDelay();
    }
}
