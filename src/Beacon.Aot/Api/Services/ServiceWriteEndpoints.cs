using System.Net;
using System.Text.Json;
using Beacon.Aot.Api.Validation;
using Beacon.Registry;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// Everything that changes what is registered. An answer of success means the change is on disk; when the store does not take it in time the
/// answer is 503 and the client, by trying again, meets its own registration.
/// </summary>
internal sealed class ServiceWriteEndpoints(
    ServiceRegistry registry, StoredChanges stored, ApiSettings settings, ILogger<ServiceWriteEndpoints> logger)
{
    public async Task Register(HttpContext context)
    {
        var registration = await RequestReader.ReadAsync(
            context,
            (HttpContext context, in JsonElement body, Problems problems) =>
                Checkable(RegistrationReader.ReadRegistration(body, SourceAddress.Of(context), problems), problems));
        if (registration is null)
        {
            return;
        }

        var change = registry.Register(registration);
        if (change.Outcome is not (RegistryOutcome.Registered or RegistryOutcome.Updated))
        {
            ApiErrors.Send(context, change.Outcome);
        }
        else if (await stored.IsStoredAsync(context, change.Sequence))
        {
            if (change.Outcome == RegistryOutcome.Registered)
            {
                ApiLog.Registered(
                    logger, registration.Name, change.Service.Id.Value, registration.Host, registration.Port);
            }

            // 201 for a service that was known too: devices compare with exactly that at every boot.
            ServiceAnswers.SendService(context, StatusCodes.Status201Created, change.Service);
        }
    }

    public async Task Update(HttpContext context)
    {
        var patch = await RequestReader.ReadAsync(
            context,
            (HttpContext context, in JsonElement body, Problems problems) => Checkable(context, RegistrationReader.ReadPatch(body, problems), problems));
        if (patch is null)
        {
            return;
        }

        var change = RouteId.TryGet(context, out var id) ? registry.Update(id, patch, SourceAddress.Of(context)) : Unknown;
        if (change.Outcome != RegistryOutcome.Updated)
        {
            ApiErrors.Send(context, change.Outcome);
        }
        else if (await stored.IsStoredAsync(context, change.Sequence))
        {
            ServiceAnswers.SendService(context, StatusCodes.Status200OK, change.Service);
        }
    }

    public async Task Deregister(HttpContext context)
    {
        var change = RouteId.TryGet(context, out var id) ? registry.Deregister(id, SourceAddress.Of(context)) : Unknown;
        if (change.Outcome != RegistryOutcome.Deregistered)
        {
            ApiErrors.Send(context, change.Outcome);
        }
        else if (await stored.IsStoredAsync(context, change.Sequence))
        {
            ApiLog.Deregistered(logger, change.Service.Instance.Name, change.Service.Id.Value);
            ServiceAnswers.SendDeregistered(context, change.Service, settings.AnnouncesOverMdns);
        }
    }

    /// <summary>All expired services at once, without the retention the clean-up in the background keeps.</summary>
    public async Task CleanUp(HttpContext context)
    {
        var change = registry.CleanUp(TimeSpan.Zero, out var removed, SourceAddress.Of(context));
        if (await stored.IsStoredAsync(context, change.Sequence))
        {
            ServiceAnswers.SendCleanedUp(context, removed);
        }
    }

    private Registration? Checkable(Registration? wish, Problems problems) =>
        wish is null || MayCheck(wish.HealthCheck.Url, wish.Host, wish.SourceAddress, problems) ? wish : null;

    /// <summary>What the patch does not say is as the service has it.</summary>
    private ServicePatch? Checkable(HttpContext context, ServicePatch? patch, Problems problems)
    {
        if (patch is null || !RouteId.TryGet(context, out var id) || !registry.TryGet(id, out var view))
        {
            return patch;
        }

        var service = view.Instance;
        var url = patch.HealthCheck.UrlIsSet ? patch.HealthCheck.Url : patch.Host is null ? null : service.HealthCheck.Url;
        return MayCheck(url, patch.Host ?? service.Host, service.SourceAddress, problems) ? patch : null;
    }

    private bool MayCheck(string? url, string host, IPAddress? source, Problems problems)
    {
        if (url is null || settings.FindUrlProblem(url, host, source) is not { } problem)
        {
            return true;
        }

        problems.AddValueError(Location.BodyField(ServiceRules.HealthCheckUrl.Name), problem, Problems.Quote(url));
        return false;
    }

    private static RegistryChange Unknown => new(RegistryOutcome.UnknownService, 0, default);
}
