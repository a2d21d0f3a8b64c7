using Beacon.Registry.Events;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;

namespace Beacon.Storage.Tests.Support;

/// <summary>Every state each service ever had, as the registry told it; leases left out.</summary>
internal sealed class History(EventListener listener)
{
    private const string Gone = "gone";
    private readonly Dictionary<ServiceId, List<(long Sequence, string Content)>> _states = [];
    private readonly RegistryEvent[] _buffer = new RegistryEvent[64];

    public void TakeIn()
    {
        int count;
        while ((count = listener.Read(_buffer)) > 0)
        {
            foreach (var change in _buffer.AsSpan(0, count))
            {
                if (change.Service is { } service)
                {
                    var gone = change.Kind is RegistryEventKind.Deregistered or RegistryEventKind.Removed;
                    _states.TryAdd(service.Id, []);
                    _states[service.Id].Add((change.Sequence, gone ? Gone : Content(service)));
                }
            }
        }
    }

    /// <summary>Each service is stored as it was at that sequence or later, never earlier.</summary>
    public void AssertHolds(IReadOnlyList<ServiceView> stored, long sequence, string where)
    {
        var byId = stored.ToDictionary(service => service.Id, Content);
        foreach (var (id, states) in _states)
        {
            var first = states.FindLastIndex(state => state.Sequence <= sequence);
            var allowed = states.Skip(Math.Max(first, 0)).Select(state => state.Content).ToHashSet();
            if (first < 0)
            {
                allowed.Add(Gone);
            }

            var actual = byId.GetValueOrDefault(id, Gone);
            Assert.True(allowed.Contains(actual), $"{where}: {id} is stored as {actual}, promised was one of {string.Join(" or ", allowed)}");
        }

        Assert.All(byId.Keys, id => Assert.Contains(id, _states.Keys));
    }

    private static string Content(ServiceView service) => Samples.Text(service with { Lease = default(LeaseState) });
}
