using System.Text.Json;
using Beacon.Aot.Api.Validation;
using Beacon.Registry;
using Beacon.Registry.Queries;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>Everything that only looks. Answered from memory, whatever the store does: an outage is never an empty list.</summary>
internal sealed class ServiceReadEndpoints(ServiceRegistry registry, ApiSettings settings)
{
    public Task Get(HttpContext context)
    {
        if (RouteId.TryGet(context, out var id) && registry.TryGet(id, out var view))
        {
            ServiceAnswers.SendTaggedService(context, view);
        }
        else
        {
            ApiErrors.Send(context, RegistryOutcome.UnknownService);
        }

        return Task.CompletedTask;
    }

    public Task Status(HttpContext context)
    {
        if (RouteId.TryGet(context, out var id) && registry.TryGet(id, out var view))
        {
            ServiceAnswers.SendStatus(context, view, settings.FindAnnouncement?.Invoke(id), settings.AnnouncesOverMdns);
        }
        else
        {
            ApiErrors.Send(context, RegistryOutcome.UnknownService);
        }

        return Task.CompletedTask;
    }

    public Task List(HttpContext context)
    {
        if (Query(context) is not { } query)
        {
            return Task.CompletedTask;
        }

        context.Response.Headers.Append("Vary", "Accept");
        if (JsonLines.AreWanted(context.Request))
        {
            return ServiceAnswers.SendLinesAsync(context, query.MatchesNothing ? [] : registry.Walk(query.Filter));
        }

        ServiceAnswers.SendList(context, Find(query), query.Skip, query.Limit);
        return Task.CompletedTask;
    }

    public Task Expired(HttpContext context)
    {
        if (Query(context) is { } query)
        {
            var expired = query with { Filter = query.Filter with { Status = ServiceStatus.Expired } };
            ServiceAnswers.SendList(context, Find(expired), query.Skip, query.Limit);
        }

        return Task.CompletedTask;
    }

    public Task Discover(HttpContext context)
    {
        if (Query(context) is { } query)
        {
            settings.OnDiscovery(query.Filter.Type);
            ServiceAnswers.SendDiscovery(context, Find(query), query);
        }

        return Task.CompletedTask;
    }

    public async Task DiscoverByBody(HttpContext context)
    {
        var query = await RequestReader.ReadAsync(
            context,
            static (HttpContext context, in JsonElement body, Problems problems) =>
                ServiceQueryReader.ReadBody(body, context.Request.Query, problems),
            bodyIsOptional: true);
        if (query is not null)
        {
            settings.OnDiscovery(query.Filter.Type);
            ServiceAnswers.SendDiscovery(context, Find(query), query);
        }
    }

    public Task Types(HttpContext context)
    {
        ServiceAnswers.SendTexts(context, registry.Types());
        return Task.CompletedTask;
    }

    public Task Tags(HttpContext context)
    {
        ServiceAnswers.SendTexts(context, registry.Tags());
        return Task.CompletedTask;
    }

    /// <summary>Null: answered with what is wrong with the query.</summary>
    private static ServiceQuery? Query(HttpContext context)
    {
        var problems = new Problems();
        var query = ServiceQueryReader.ReadQuery(context.Request.Query, problems);
        if (query is null)
        {
            problems.Send(context);
        }

        return query;
    }

    private ServicePage Find(ServiceQuery query) =>
        query.MatchesNothing ? new([], 0, registry.Revision) : registry.Query(query.Filter, query.Skip, query.Limit);
}
