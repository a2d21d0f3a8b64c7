using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>One message as it goes out, made once however many clients get it. Never changed.</summary>
/// <param name="Service">What a filter looks at; null for messages that everybody gets.</param>
internal sealed record LiveFrame(long Sequence, byte[] Json, ServiceInstance? Service);
