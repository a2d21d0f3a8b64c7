using System.Text.Json;
using Beacon.Aot.Api.Validation;
using Beacon.Registry;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>Planned interruptions of one service: begun, moved, ended. Success means the change is on disk.</summary>
internal sealed class MaintenanceEndpoints(ServiceRegistry registry, StoredChanges stored, TimeProvider time, ILogger<MaintenanceEndpoints> logger)
{
    public async Task Begin(HttpContext context)
    {
        var now = time.GetUtcNow();
        var wish = await RequestReader.ReadAsync(
            context, (HttpContext _, in JsonElement body, Problems problems) => MaintenanceReader.Read(body, now, problems));
        if (wish is not null)
        {
            await SetAsync(context, new Maintenance(now, wish.Until, wish.Reason));
        }
    }

    public Task End(HttpContext context) => SetAsync(context, null);

    private async Task SetAsync(HttpContext context, Maintenance? maintenance)
    {
        var change = RouteId.TryGet(context, out var id)
            ? registry.SetMaintenance(id, maintenance, SourceAddress.Of(context))
            : new RegistryChange(RegistryOutcome.UnknownService, 0, default);
        if (change.Outcome != RegistryOutcome.Updated)
        {
            ApiErrors.Send(context, change.Outcome);
        }
        else if (await stored.IsStoredAsync(context, change.Sequence))
        {
            ApiLog.MaintenanceChanged(logger, change.Service.Instance.Name, id.Value, maintenance?.Until);
            ServiceAnswers.SendService(context, StatusCodes.Status200OK, change.Service);
        }
    }
}
