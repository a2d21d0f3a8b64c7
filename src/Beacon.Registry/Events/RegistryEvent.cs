using System.Net;
using Beacon.Registry.Services;

namespace Beacon.Registry.Events;

/// <summary>One thing that happened, in the order it happened.</summary>
/// <param name="Sequence">Rises by one with each event of this process, starting at 1; the order of sequences is the order of changes.</param>
/// <param name="At">UTC.</param>
/// <param name="Service">The service right after the event; null for <see cref="RegistryEventKind.CleanedUp"/> only.</param>
/// <param name="Count">Services removed, for <see cref="RegistryEventKind.CleanedUp"/>; otherwise 0.</param>
/// <param name="Previous">
/// The content before the change, for <see cref="RegistryEventKind.Updated"/> only: who watches a part of the services must notice one
/// that left it.
/// </param>
/// <param name="Source">Address of whoever asked for it, where that is known; null for what Beacon does of its own accord.</param>
public readonly record struct RegistryEvent(
    long Sequence,
    RegistryEventKind Kind,
    DateTimeOffset At,
    ServiceView? Service,
    int Count,
    ServiceInstance? Previous = null,
    IPAddress? Source = null);
