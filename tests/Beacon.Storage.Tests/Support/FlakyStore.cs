using Beacon.Registry.Services;

namespace Beacon.Storage.Tests.Support;

/// <summary>
/// Fails by chance: before it wrote anything, or after it wrote everything, as a lost answer would. Answers on the caller's thread, so
/// that a run depends on the seed alone.
/// </summary>
internal sealed class FlakyStore(IServiceStore inner, Random random) : IServiceStore
{
    /// <summary>From 0 (never) to 1 (always).</summary>
    public double FailureShare { get; set; }

    public Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken)
    {
        MaybeFail();
        return Task.FromResult(inner.LoadAllAsync(cancellationToken).GetAwaiter().GetResult());
    }

    public Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken)
    {
        MaybeFail();
        inner.ApplyAsync(batch, cancellationToken).GetAwaiter().GetResult();
        MaybeFail();
        return Task.CompletedTask;
    }

    public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => inner.PingAsync(cancellationToken);

    private void MaybeFail()
    {
        if (random.NextDouble() < FailureShare)
        {
            throw new IOException("by chance");
        }
    }
}
