using Beacon.Registry.Services;
using Beacon.Storage;

namespace Beacon.Aot.Tests.Api;

/// <summary>A store whose disk is gone from the start.</summary>
internal sealed class FailingStore : IServiceStore
{
    public Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServiceView>>([]);

    public Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken) =>
        Task.FromException(new IOException("No space left on device"));

    public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) =>
        Task.FromException<TimeSpan>(new IOException("No space left on device"));
}
