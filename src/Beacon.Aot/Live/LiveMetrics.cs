using System.Diagnostics.Metrics;

namespace Beacon.Aot.Live;

/// <summary>Counts what goes over live connections. Meter <c>Beacon.Live</c>.</summary>
internal static class LiveMetrics
{
    private static readonly Meter Meter = new("Beacon.Live");

    public static readonly UpDownCounter<int> Clients =
        Meter.CreateUpDownCounter<int>("beacon.live.clients", "{client}", "Connected clients");

    public static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("beacon.live.refused", "{client}", "Clients turned away because there were too many");

    public static readonly Counter<long> Sent =
        Meter.CreateCounter<long>("beacon.live.sent", "{message}", "Messages sent, each client's counted");

    public static readonly Counter<long> Dropped =
        Meter.CreateCounter<long>("beacon.live.dropped", "{message}", "Messages dropped because a client was too slow");

    public static readonly Counter<long> Resyncs =
        Meter.CreateCounter<long>("beacon.live.resyncs", "{message}", "Orders to read the list afresh, each client's counted");

    public static readonly Counter<long> Commands =
        Meter.CreateCounter<long>("beacon.live.commands", "{frame}", "Frames received");
}
