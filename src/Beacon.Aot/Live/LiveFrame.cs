using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>One message as it goes out, made once however many clients get it.</summary>
/// <remarks>Any thread. Nothing but <see cref="Departure"/> changes, and that to the same bytes whoever makes them.</remarks>
internal sealed class LiveFrame(long sequence, byte[] json, in RegistryEvent change)
{
    private readonly DateTimeOffset _at = change.At;
    private byte[]? _departure;

    public long Sequence => sequence;

    public byte[] Json => json;

    /// <summary>What a filter looks at; null for messages that everybody gets.</summary>
    public ServiceInstance? Service { get; } = change.Service?.Instance;

    /// <summary>The same before an update; null for everything else.</summary>
    public ServiceInstance? Previous { get; } = change.Previous;

    /// <summary>Sent in place of an update to those whose filter the service no longer fits. Made when the first of them needs it.</summary>
    public byte[] Departure => _departure ??= LiveMessages.Departed(sequence, _at, Service!);
}
