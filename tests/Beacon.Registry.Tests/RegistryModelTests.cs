using Beacon.Registry.Queries;
using Beacon.Registry.Services;
using Beacon.Testing;

namespace Beacon.Registry.Tests;

/// <summary>Random life of a registry beside a dictionary that does the same the plain way; all lists agree after every step.</summary>
public sealed class RegistryModelTests
{
    private const int Steps = 10_000;
    private static readonly string[] Types = ["mqtt", "http", "iot"];
    private static readonly string[] Tags = ["red", "green", "blue", "heavy"];

    [Fact]
    public void Random_changes_leave_registry_and_dictionary_in_agreement()
    {
        var random = new Random(Seeds.Next(x => TestContext.Current.TestOutputHelper?.WriteLine(x)));
        var rig = new RegistryRig();
        var model = new Dictionary<ServiceId, ServiceView>();
        for (var step = 0; step < Steps; step++)
        {
            Step(random, rig, model);
            if (step % 50 == 0)
            {
                Compare(random, rig.Registry, model);
            }
        }
    }

    private static void Step(Random random, RegistryRig rig, Dictionary<ServiceId, ServiceView> model)
    {
        var registry = rig.Registry;
        switch (random.Next(12))
        {
            case < 5:
                var change = registry.Register(RegistryRig.Wish($"s{random.Next(600)}", random.Next(10, 90)) with
                {
                    Type = Types[random.Next(Types.Length)],
                    Tags = [.. Tags.Where(_ => random.Next(3) == 0)],
                });
                Assert.Equal(model.TryGetValue(change.Service.Id, out var known) && known.Status == ServiceStatus.Active, change.Outcome == RegistryOutcome.Updated);
                model[change.Service.Id] = change.Service;
                break;
            case < 7 when Any(random, model) is { } id:
                Assert.Equal(RegistryOutcome.Renewed, registry.Renew(id, random.Next(2) == 0 ? null : random.Next(10, 200), out var renewed));
                model[id] = renewed;
                break;
            case 7 when Any(random, model) is { } id:
                model[id] = registry.Update(id, new ServicePatch { Type = Types[random.Next(Types.Length)], Tags = [Tags[random.Next(Tags.Length)]] }).Service;
                break;
            case 8 when Any(random, model) is { } id:
                Assert.Equal(RegistryOutcome.Deregistered, registry.Deregister(id).Outcome);
                model.Remove(id);
                break;
            case 9 when random.Next(10) == 0:
                registry.CleanUp(TimeSpan.FromSeconds(30), out _);
                var latest = rig.Clock.GetUtcNow() - TimeSpan.FromSeconds(30);
                foreach (var gone in model.Values.Where(x => x.Status == ServiceStatus.Expired && x.Lease.ExpiresAt <= latest).ToList())
                {
                    model.Remove(gone.Id);
                }

                break;
            default:
                rig.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(2000)));
                registry.Advance();
                Expire(rig, model);
                break;
        }
    }

    /// <summary>The wheel rounds up to its tick: an end within the last tick may or may not have been noticed.</summary>
    private static void Expire(RegistryRig rig, Dictionary<ServiceId, ServiceView> model)
    {
        var now = rig.Clock.GetUtcNow();
        foreach (var (id, view) in model.ToList())
        {
            var actual = rig.Get(id);
            if (view.Lease.ExpiresAt <= now - ServiceRegistry.TickLength)
            {
                Assert.Equal(ServiceStatus.Expired, actual.Status);
            }
            else if (view.Lease.ExpiresAt > now)
            {
                Assert.Equal(view.Status, actual.Status);
            }

            model[id] = view with { Lease = view.Lease with { Status = actual.Status } };
        }
    }

    private static void Compare(Random random, ServiceRegistry registry, Dictionary<ServiceId, ServiceView> model)
    {
        var ordered = model.Values.OrderBy(x => x.Instance.CreatedAt).ThenBy(x => x.Id).ToList();
        Assert.Equal(ordered.Select(x => (x.Id, x.Status, x.Lease.ExpiresAt)), registry.Snapshot().Select(x => (x.Id, x.Status, x.Lease.ExpiresAt)));

        var live = ordered.Where(x => x.Status != ServiceStatus.Expired).ToList();
        Assert.Equal(live.Select(x => x.Instance.Type).Distinct().Order(StringComparer.Ordinal), registry.Types());
        Assert.Equal(live.SelectMany(x => x.Instance.Tags).Distinct().Order(StringComparer.Ordinal), registry.Tags());
        Assert.Equal(new RegistryCounts(ordered.Count, live.Count, 0, ordered.Count - live.Count), registry.Counts());

        var type = Types[random.Next(Types.Length)];
        var ofType = live.Where(x => x.Instance.Type == type).ToList();
        var skip = random.Next(ofType.Count + 1);
        var page = registry.Query(new ServiceFilter { Type = type }, skip, 20);
        Assert.Equal(ofType.Count, page.Total);
        Assert.Equal(ofType.Skip(skip).Take(20).Select(x => x.Id), page.Services.Select(x => x.Id));

        var tag = Tags[random.Next(Tags.Length)];
        var both = live.Where(x => x.Instance.Type == type && x.Instance.Tags.Contains(tag)).ToList();
        Assert.Equal(both.Select(x => x.Id), registry.Query(new ServiceFilter { Type = type, Tags = [tag] }, 0, 1000).Services.Select(x => x.Id));
    }

    private static ServiceId? Any(Random random, Dictionary<ServiceId, ServiceView> model) =>
        model.Count == 0 ? null : model.Keys.ElementAt(random.Next(model.Count));
}
