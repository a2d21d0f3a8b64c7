using System.Globalization;
using Beacon.Registry.Events;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage.Events;

namespace Beacon.Features.Events;

/// <summary>What the registry tells, as entries of the log.</summary>
internal static class EventEntries
{
    /// <summary>
    /// Kinds the log does not want. Heartbeats are no events. A service that the clean-up removed was told of when it expired; the clean-up
    /// itself is one entry with their number, or ten thousand dead services would push everything else out of the log twice.
    /// </summary>
    public static RegistryEventKind[] Unwanted { get; } = [RegistryEventKind.Renewed, RegistryEventKind.Removed];

    /// <returns>Null: nothing happened that anybody would look for.</returns>
    public static EventEntry? Of(in RegistryEvent change)
    {
        if (change.Service is not { } service)
        {
            var count = change.Count.ToString(CultureInfo.InvariantCulture);
            return Make(EventKind.ServicesCleanup, change.At, count) with { Source = change.Source?.ToString() };
        }

        (EventKind Kind, string? Detail)? told = change.Kind switch
        {
            RegistryEventKind.Registered => (IsNew(service) ? EventKind.ServiceRegistered : EventKind.ServiceReturned, Address(service.Instance)),
            RegistryEventKind.Revived => (EventKind.ServiceReturned, Address(service.Instance)),
            RegistryEventKind.Updated when change.Previous is { } previous => OfUpdate(previous, service.Instance),
            RegistryEventKind.Expired => (EventKind.ServiceExpired, null),
            RegistryEventKind.Deregistered => (EventKind.ServiceDeregistered, null),
            RegistryEventKind.HealthChanged => (EventKind.HealthStatusChanged, Health(service.Health ?? HealthState.Unchecked)),
            _ => null,
        };
        return told is { } known
            ? Make(known.Kind, change.At, known.Detail) with { Service = service.Id, Name = service.Instance.Name, Source = change.Source?.ToString() }
            : null;
    }

    /// <param name="detail">Cut where it is too long.</param>
    public static EventEntry Make(EventKind kind, DateTimeOffset at, string? detail) =>
        new(0, DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()), kind, Detail: Cut(detail));

    private static (EventKind Kind, string? Detail)? OfUpdate(ServiceInstance before, ServiceInstance after)
    {
        if (before.Maintenance is null && after.Maintenance is { } begun)
        {
            var until = begun.Until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            return (EventKind.MaintenanceStarted, begun.Reason.Length > 0 ? $"{until}: {begun.Reason}" : until);
        }

        if (before.Maintenance is not null && after.Maintenance is null)
        {
            return (EventKind.MaintenanceEnded, null);
        }

        return ChangedMembers.List(before, after) is { Length: > 0 } names ? (EventKind.ServiceUpdated, names) : null;
    }

    /// <summary>One that comes back is merged with what was known, which is a change; a new one was made as it is.</summary>
    private static bool IsNew(in ServiceView service) => service.Instance.CreatedAt == service.Instance.ContentUpdatedAt;

    private static string Address(ServiceInstance service) =>
        string.Create(CultureInfo.InvariantCulture, $"{(service.Host.Contains(':', StringComparison.Ordinal) ? $"[{service.Host}]" : service.Host)}:{service.Port}");

    private static string Health(HealthState health)
    {
        var status = health.Status switch
        {
            HealthStatus.Healthy => "healthy",
            HealthStatus.Unhealthy => "unhealthy",
            _ => "unknown",
        };
        var words = health.IsFlapping ? $"{status}, flapping" : status;
        return health.Last?.Error is { Length: > 0 } error ? $"{words}: {error}" : words;
    }

    private static string? Cut(string? text)
    {
        if (text is null || text.Length <= EventLimits.MaxDetail)
        {
            return text;
        }

        // Not through the middle of a character.
        var end = EventLimits.MaxDetail - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
