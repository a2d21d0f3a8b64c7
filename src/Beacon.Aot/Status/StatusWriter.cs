using Beacon.Features.Health.History;
using Beacon.Features.Status;

namespace Beacon.Aot.Status;

/// <summary>Draws one board in one form.</summary>
internal sealed class StatusWriter(StatusBoard board, StatusOptions options, StatusRequest request, TimeZoneInfo zone)
{
    private const int DayHours = 24;
    private const int MonthDays = 30;

    /// <summary>In which the headline counts them: what is wrong first.</summary>
    private static readonly ServiceCondition[] CountOrder =
    [
        ServiceCondition.Down, ServiceCondition.Expired, ServiceCondition.Maintenance,
        ServiceCondition.Up, ServiceCondition.Registered, ServiceCondition.Unknown,
    ];

    private readonly Html _html = new();
    private readonly StatusTexts _texts = request.Texts;
    private readonly StatusTime _time = new(zone, request.Texts);

    public byte[] Write()
    {
        var headline = StatusHeadline.Of(board, _texts);
        StatusFrame.Begin(_html, _texts, options.Title, $"{headline.Text} · {options.Title}");
        _html.Raw(StatusMark.Signs).Raw("<header><h1>").Name(options.Title).Raw("</h1>");
        WriteLanguages();
        _html.Raw("</header><main>");
        WriteSummary(headline);
        WriteCurrent();
        WriteMaintenances();
        WriteServices();
        WriteRecent();
        _html.Raw("</main>");
        WriteFooter();
        return StatusFrame.End(_html);
    }

    private void WriteLanguages()
    {
        _html.Raw($"<nav aria-label=\"{_texts.Languages}\">");
        foreach (var other in StatusTexts.All.Where(x => x != _texts))
        {
            var link = request with { Texts = other };
            _html.Raw($"<a href=\"{link.Link}\" lang=\"{other.Code}\" hreflang=\"{other.Code}\">{other.Name}</a>");
        }

        _html.Raw("</nav>");
    }

    private void WriteSummary(StatusHeadline headline)
    {
        _html.Raw($"<section class=\"sum {StatusMark.ClassOf(headline.Sign)}\" aria-labelledby=\"now\">{StatusMark.Sign(headline.Sign)}<h2 id=\"now\">{headline.Text}</h2><p>")
            .Raw(string.Join(" · ", CountOrder.Where(x => board.Count(x) > 0).Select(x => _texts.Counted(x, board.Count(x)))))
            .Raw("</p></section>");
        if (board.IsBlind)
        {
            _html.Raw($"<section><p>{_texts.BlindMore}</p></section>");
        }

        if (board.PastAt is null || board.Incidents is null)
        {
            _html.Raw($"<section><p>{_texts.PastUnreadable}</p></section>");
        }
    }

    private void WriteCurrent()
    {
        // What fails as planned is told of under its maintenance.
        var current = (board.Incidents ?? []).Where(x => x is { EndedAt: null, IsPlanned: false }).ToList();
        if (current.Count > 0)
        {
            _html.Raw($"<section aria-labelledby=\"current\"><h2 id=\"current\">{_texts.CurrentIncidents}</h2><ul>");
            current.ForEach(Write);
            _html.Raw("</ul></section>");
        }
    }

    private void WriteRecent()
    {
        if (board.Incidents is not { } incidents)
        {
            return;
        }

        var ended = incidents.Where(x => x.EndedAt is not null).ToList();
        _html.Raw($"<section aria-labelledby=\"recent\"><h2 id=\"recent\">{_texts.RecentIncidents}</h2>");
        if (ended.Count == 0)
        {
            _html.Raw($"<p class=\"more\">{_texts.NoIncidents}</p>");
        }
        else
        {
            _html.Raw("<ul>");
            ended.ForEach(Write);
            _html.Raw("</ul>");
        }

        _html.Raw(board.HasMoreIncidents ? $"<p class=\"more\">{_texts.MoreIncidents}</p></section>" : "</section>");
    }

    private void Write(StatusIncident incident)
    {
        var duration = _texts.Duration((incident.EndedAt ?? board.MadeAt) - incident.StartedAt);
        _html.Raw("<li><h3>").Name(incident.Name).Raw($": {_texts.Cause(incident.Cause)}</h3><p class=\"more\">");
        if (incident.EndedAt is null)
        {
            _html.Raw($"{_texts.Since(_time.Element(incident.StartedAt))} · {_texts.Lasted(duration)} · {_texts.Ongoing}");
        }
        else
        {
            _html.Raw($"{_time.Element(incident.StartedAt)} · {_texts.Lasted(duration)}");
        }

        _html.Raw(incident.IsPlanned ? $" · {_texts.DuringMaintenance}</p></li>" : "</p></li>");
    }

    private void WriteMaintenances()
    {
        if (board.Maintenances.Count == 0)
        {
            return;
        }

        _html.Raw($"<section aria-labelledby=\"planned\"><h2 id=\"planned\">{_texts.PlannedMaintenance}</h2><ul>");
        foreach (var maintenance in board.Maintenances)
        {
            _html.Raw("<li><h3>").Name(maintenance.Name);
            if (maintenance.Reason.Length > 0)
            {
                _html.Raw(": ").Name(maintenance.Reason);
            }

            _html.Raw($"</h3><p class=\"more\">{_texts.Since(_time.Element(maintenance.Since))} · {_texts.Until(_time.Element(maintenance.Until))}</p></li>");
        }

        _html.Raw("</ul></section>");
    }

    private void WriteServices()
    {
        for (var i = 0; i < board.Groups.Count; i++)
        {
            var group = board.Groups[i];
            _html.Raw($"<section aria-labelledby=\"g{i}\"><h2 id=\"g{i}\">");
            if (group.Tag == StatusOptions.Every)
            {
                _html.Raw(board.Groups.Count == 1 ? _texts.Services : _texts.OtherServices);
            }
            else
            {
                _html.Name(group.Tag);
            }

            _html.Raw("</h2><ul class=\"rows\">");
            foreach (var service in group.Services)
            {
                Write(service);
            }

            _html.Raw("</ul></section>");
        }

        if (board.NotShown > 0)
        {
            _html.Raw($"<section><p>{_texts.NotShown(board.NotShown)}</p></section>");
        }
    }

    private void Write(StatusService service)
    {
        _html.Raw("<li><div class=\"row\"><h3>").Name(service.Name)
            .Raw($"</h3><span class=\"st {StatusMark.ClassOf(service.Condition)}\">{StatusMark.Sign(service.Condition)}{_texts.Condition(service.Condition)}</span></div>");
        if (service.Past is { Days.Count: > 0 } past)
        {
            StatusBar.Write(_html, past, DateOnly.FromDateTime((board.PastAt ?? board.MadeAt).UtcDateTime), _texts);
            WriteFigures(past);
        }
        else if (!service.IsChecked && service.Condition == ServiceCondition.Expired)
        {
            _html.Raw($"<p class=\"more\">{_texts.Silent}</p>");
        }
        else if (service.IsChecked && board.PastAt is not null)
        {
            _html.Raw($"<p class=\"more\">{_texts.NoHistory}</p>");
        }

        _html.Raw("</li>");
    }

    private void WriteFigures(DailyUptime past)
    {
        _html.Raw($"<p class=\"fig\"><span class=\"d90\">{_texts.DaysAgo(StatusLimits.Days)}</span><span class=\"d30\">{_texts.DaysAgo(MonthDays)}</span><span class=\"mid\">");
        WriteFigure(_texts.Hours(DayHours), past.LastDay);
        WriteFigure(_texts.Days(MonthDays), past.LastMonth);
        WriteFigure(_texts.Days(StatusLimits.Days), past.LastQuarter);
        _html.Raw($"</span><span>{_texts.Today}</span></p>");
    }

    private void WriteFigure(string name, double? ratio) => _html.Raw($"<span class=\"w\">{name} <b>{(ratio is { } known ? _texts.Percent(known) : "–")}</b></span>");

    private void WriteFooter()
    {
        var reload = request with { Reloads = !request.Reloads };
        _html.Raw($"<footer><p id=\"legend\">{_texts.Legend}</p><ul class=\"key\" aria-labelledby=\"legend\">");
        StatusBar.WriteLegend(_html, _texts);
        _html.Raw("</ul>");
        if (board.Count(ServiceCondition.Registered) > 0)
        {
            _html.Raw($"<p>{_texts.Condition(ServiceCondition.Registered)}: {_texts.NotChecked}</p>");
        }

        _html.Raw($"<p>{_texts.MadeAt(_time.Element(board.MadeAt))} ");
        _html.Raw(board.PastAt is { } past ? _texts.PastAt(_time.Element(past)) + " " : "");
        _html.Raw($"{_texts.Zone(_time.Zone(board.MadeAt))} {_texts.DaysAreUtc}</p>")
            .Raw($"<p class=\"off\"><a href=\"{reload.Link}\">{(request.Reloads ? _texts.StopReloading : _texts.ReloadAgain)}</a></p></footer>");
    }
}
