namespace Beacon.Mdns.Querying;

/// <summary>What is wanted, and when each question is asked next (RFC 6762 §5.2).</summary>
internal sealed class QuestionBook(Random random)
{
    /// <summary>Questions asked now, over all links.</summary>
    public int Count { get; private set; }

    /// <summary>Questions not taken up because there were too many.</summary>
    public long Refused { get; private set; }

    public void Want(QueryLink link, QuestionKey key, long now)
    {
        if (!link.Questions.TryGetValue(key, out var question))
        {
            if (Count >= QuerierLimits.Questions)
            {
                Refused++;
                return;
            }

            question = new Question(key);
            link.Questions.Add(key, question);
            Count++;
            Begin(link, question, now);
        }

        question.Users++;
    }

    public void Forget(QueryLink link, QuestionKey key)
    {
        if (link.Questions.TryGetValue(key, out var question) && --question.Users == 0)
        {
            link.Questions.Remove(key);
            link.Schedule.Remove(question);
            Count--;
        }
    }

    public void OnLinkGone(QueryLink link) => Count -= link.Questions.Count;

    /// <summary>
    /// The question is due: notes that it is asked now and when it will be next. False when another host just asked it in our stead.
    /// </summary>
    public bool Take(QueryLink link, Question question, long now)
    {
        var isSeries = question.SeriesDue <= now;
        var isHeard = isSeries && question.HeardAt + QuerierTimings.HeardWindow.Ticks > now;
        question.LastAsked = now;
        if (isSeries)
        {
            question.Asked++;
            question.Gap = question.Asked == 1
                ? QuerierTimings.FirstGap
                : TimeSpan.FromTicks(Math.Min(question.Gap.Ticks * 2, QuerierTimings.LongestGap.Ticks));
            question.SeriesDue = now + question.Gap.Ticks;
        }
        else if (question.SeriesDue != MdnsTimings.Idle)
        {
            question.SeriesDue = Math.Max(question.SeriesDue, now + QuerierTimings.QuestionGap.Ticks);
        }

        question.RefreshDue = NextRefresh(link, question, now);
        link.Schedule.Update(question);
        return !isHeard;
    }

    /// <summary>A record was heard, new or again.</summary>
    public static void OnHeard(QueryLink link, CachedRecord record)
    {
        if (!link.TryFind(record.Name, record.Type, out var question))
        {
            return;
        }

        if (record.IsUnique)
        {
            // Nobody else can add to it; it will be asked for again when it grows old (§5.2).
            question.SeriesDue = MdnsTimings.Idle;
        }

        question.RefreshDue = Math.Min(question.RefreshDue, NotBefore(question, record.RefreshAt));
        link.Schedule.Update(question);
    }

    /// <summary>The last answer nobody else could give is gone: somebody must be asked from the beginning.</summary>
    public void OnExpired(QueryLink link, CachedRecord record, long now)
    {
        if (record.IsUnique && link.TryFind(record.Name, record.Type, out var question) && question.SeriesDue == MdnsTimings.Idle
            && link.Cache.Find(record.Name, record.Type) is not { HasUnique: true })
        {
            Restart(link, question, now);
        }
    }

    private void Begin(QueryLink link, Question question, long now)
    {
        if (link.Cache.Find(question.Key.Name, question.Key.Type) is { } set)
        {
            foreach (var record in set.Records)
            {
                question.RefreshDue = Math.Min(question.RefreshDue, record.RefreshAt);
            }

            if (set.HasUnique)
            {
                question.RefreshDue = Math.Max(question.RefreshDue, now);
                link.Schedule.Update(question);
                return;
            }
        }

        Restart(link, question, now);
    }

    private void Restart(QueryLink link, Question question, long now)
    {
        if (link.BatchDue < now + QuerierTimings.FirstQueryLeast.Ticks)
        {
            link.BatchDue = now + random.NextInt64(QuerierTimings.FirstQueryLeast.Ticks, QuerierTimings.FirstQueryMost.Ticks + 1);
        }

        question.Asked = 0;
        question.SeriesDue = Math.Max(link.BatchDue, question.LastAsked + QuerierTimings.QuestionGap.Ticks);
        link.Schedule.Update(question);
    }

    /// <summary>Uses up the refresh times that have come, and finds the next one of all answers.</summary>
    private long NextRefresh(QueryLink link, Question question, long now)
    {
        var next = MdnsTimings.Idle;
        if (link.Cache.Find(question.Key.Name, question.Key.Type) is { } set)
        {
            foreach (var record in set.Records)
            {
                while (record.RefreshAt <= now)
                {
                    AnswerReader.PlanRefresh(record, record.Refreshes + 1, random);
                }

                next = Math.Min(next, record.RefreshAt);
            }
        }

        return NotBefore(question, next);
    }

    private static long NotBefore(Question question, long due) =>
        due == MdnsTimings.Idle ? due : Math.Max(due, question.LastAsked + QuerierTimings.QuestionGap.Ticks);
}
