using Beacon.Registry.Services;

namespace Beacon.Storage.Tests.Support;

/// <summary>Shorter words for batches.</summary>
internal static class Writes
{
    public static ServiceWrite Put(ServiceView service) => new(service.Id, service, LeaseOnly: false);

    public static ServiceWrite Lease(ServiceView service) => new(service.Id, service, LeaseOnly: true);

    public static ServiceWrite Remove(ServiceId id) => new(id, null, LeaseOnly: false);

    public static Task ApplyAsync(this IServiceStore store, params ServiceWrite[] batch) =>
        store.ApplyAsync(batch, TestContext.Current.CancellationToken);

    public static Task<IReadOnlyList<ServiceView>> LoadAsync(this IServiceStore store) =>
        store.LoadAllAsync(TestContext.Current.CancellationToken);
}
