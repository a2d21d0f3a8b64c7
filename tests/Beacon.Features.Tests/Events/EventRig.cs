using Beacon.Features.Events;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Storage.Events;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Features.Tests.Events;

/// <summary>A registry in virtual time and the log of what happens to it.</summary>
internal sealed class EventRig : IDisposable
{
    private readonly EventLogOptions _options;

    public EventRig(EventLogOptions? options = null)
    {
        _options = options ?? new EventLogOptions();
        Registry = new ServiceRegistry(Clock, new RegistryLimits { MaxServices = 100_000 }, new EventHub());
        Log = Open();
    }

    public TestClock Clock { get; } = new();

    public FlakyEventStore Store { get; } = new();

    public ServiceRegistry Registry { get; }

    public EventLog Log { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Registration Wish(string name = "nas", int ttl = 60) => new()
    {
        Name = name,
        Host = "192.168.1.9",
        Port = 80,
        TtlSeconds = ttl,
        SourceAddress = System.Net.IPAddress.Parse("192.168.1.77"),
    };

    /// <summary>Time passes as it does for the host.</summary>
    public void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        do
        {
            Registry.Advance();
        }
        while (Registry.IsBehind);
    }

    /// <summary>What is there, the newest first.</summary>
    public async Task<IReadOnlyList<EventEntry>> ReadAsync(EventQuery? query = null) => (await Log.ReadAsync(query ?? new EventQuery(), Token)).Entries;

    /// <summary>What is there, the oldest first, as "kind: detail".</summary>
    public async Task<IEnumerable<string>> TellAsync() =>
        (await ReadAsync()).Reverse().Select(x => x.Detail is null ? EventKindText.Of(x.Kind) : $"{EventKindText.Of(x.Kind)}: {x.Detail}");

    /// <summary>Ends without a last write, and starts again on the same store.</summary>
    public void Kill()
    {
        Log.Dispose();
        Log = Open();
    }

    public void Dispose() => Log.Dispose();

    private EventLog Open() => new(Store, Registry.Events, _options, Clock, NullLogger.Instance);
}
