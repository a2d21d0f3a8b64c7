using Beacon.Registry.Services;

namespace Beacon.Storage.Events;

/// <summary>One line of the event log. Never changed once it is written.</summary>
/// <param name="Id">Rises with each entry, across restarts too; 0 until it is written.</param>
/// <param name="At">UTC, whole milliseconds.</param>
/// <param name="Service">Null for what is about Beacon or about many services.</param>
/// <param name="Name">Of the service, as it was then.</param>
/// <param name="Source">Address of whoever asked for it or caused it; null where nobody did or it is not known.</param>
/// <param name="Detail">Short; null when the kind says it all.</param>
public sealed record EventEntry(
    long Id, DateTimeOffset At, EventKind Kind, ServiceId? Service = null, string? Name = null, string? Source = null, string? Detail = null);
