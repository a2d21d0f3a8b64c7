using Beacon.Storage.Replication;

namespace Beacon.Storage.Tests.Support;

/// <summary>A spool whose writes fail while told to.</summary>
internal sealed class FailingSpool(ISpool inner) : ISpool
{
    public Exception? Failure { get; set; }

    public Task<IReadOnlyList<SpoolEntry>> LoadAsync(CancellationToken cancellationToken) => inner.LoadAsync(cancellationToken);

    public Task ApplyAsync(IReadOnlyList<SpoolWrite> writes, IReadOnlyList<SpoolAcknowledgement> stored, CancellationToken cancellationToken) =>
        Failure is null ? inner.ApplyAsync(writes, stored, cancellationToken) : Task.FromException(Failure);
}
