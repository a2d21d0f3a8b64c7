using System.Diagnostics.Metrics;

namespace Beacon.Features.Statistics;

/// <summary>Counts what the registry counts, by listening to its instruments: the registry knows nothing of statistics.</summary>
public sealed class RegistryTraffic : IDisposable
{
    private const string MeterName = "Beacon.Registry";

    private readonly MeterListener _listener = new();

    public RegistryTraffic(TrafficCounter counter)
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeterName && KindOf(instrument.Name) is { } kind)
            {
                listener.EnableMeasurementEvents(instrument, (object)kind);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, kind) => counter.Count((TrafficKind)kind!, count));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private static TrafficKind? KindOf(string instrument) => instrument switch
    {
        "beacon.registry.registrations" => TrafficKind.Registration,
        "beacon.registry.renewals" => TrafficKind.Heartbeat,
        "beacon.registry.expirations" => TrafficKind.Expiry,
        "beacon.registry.deregistrations" => TrafficKind.Deregistration,
        "beacon.registry.health_changes" => TrafficKind.HealthChange,
        _ => null,
    };
}
