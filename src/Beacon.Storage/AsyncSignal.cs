using System.Threading.Channels;

namespace Beacon.Storage;

/// <summary>
/// Wakes one waiting loop. Setting it twice before the loop looks wakes it once; setting never blocks and never runs the loop on the
/// setter's thread, so it is safe under any lock.
/// </summary>
internal sealed class AsyncSignal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _set.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _set.Reader.ReadAsync(cancellationToken);
}
