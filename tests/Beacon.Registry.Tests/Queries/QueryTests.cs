using Beacon.Registry.Queries;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests.Queries;

public sealed class QueryTests
{
    private readonly RegistryRig _rig = new();

    public static TheoryData<string, ServiceFilter> Filters() => new()
    {
        { "abcd", new ServiceFilter() },
        { "ab", new ServiceFilter { Type = "mqtt" } },
        { "bc", new ServiceFilter { Tags = ["red"] } },
        { "bcd", new ServiceFilter { Tags = ["red", "blue"] } },
        { "b", new ServiceFilter { Type = "mqtt", Tags = ["red"] } },
        { "d", new ServiceFilter { Protocol = "udp" } },
        { "c", new ServiceFilter { Name = "c" } },
        { "acd", new ServiceFilter { Host = "10.0.0.1" } },
        { "a", new ServiceFilter { Host = "10.0.0.1", Type = "mqtt" } },
        { "abcd", new ServiceFilter { Status = ServiceStatus.Active } },
        { "ab", new ServiceFilter { Status = ServiceStatus.Active, Type = "mqtt" } },
        { "x", new ServiceFilter { Status = ServiceStatus.Expired } },
        { "x", new ServiceFilter { Status = ServiceStatus.Expired, Type = "mqtt" } },
        { "", new ServiceFilter { Status = ServiceStatus.Expired, Type = "http" } },
        { "", new ServiceFilter { Status = ServiceStatus.Unhealthy } },
        { "d", new ServiceFilter { Metadata = [new("room", "attic")] } },
        { "", new ServiceFilter { Metadata = [new("room", "attic"), new("floor", "9")] } },
        { "d", new ServiceFilter { Text = "ATTIC" } },
        { "b", new ServiceFilter { Text = "example" } },
        { "", new ServiceFilter { Type = "nothing" } },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void Each_filter_finds_exactly_its_services_in_order_with_the_true_total(string names, ServiceFilter filter)
    {
        Add("x", "mqtt", ttl: 10);
        _rig.Pass(TimeSpan.FromSeconds(11));
        Add("a", "mqtt");
        Add("b", "mqtt", host: "b.example", tags: ["red"]);
        Add("c", "http", tags: ["red", "round"]);
        Add("d", "http", tags: ["blue"], protocol: "udp", metadata: [new("room", "attic")]);

        var page = _rig.Registry.Query(filter, 0, 50);
        Assert.Equal(names, string.Concat(page.Services.Select(x => x.Instance.Name)));
        Assert.Equal(names.Length, page.Total);

        for (var skip = 0; skip < names.Length; skip++)
        {
            var one = _rig.Registry.Query(filter, skip, 1);
            Assert.Equal(names[skip].ToString(), Assert.Single(one.Services).Instance.Name);
            Assert.Equal(names.Length, one.Total);
        }

        Assert.Empty(_rig.Registry.Query(filter, names.Length, 50).Services);
    }

    [Fact]
    public void Pages_over_many_services_join_into_the_whole_list_without_gap_or_repeat()
    {
        for (var i = 0; i < 3000; i++)
        {
            _rig.Clock.Advance(TimeSpan.FromMilliseconds(i % 7));
            Add($"s{i:D4}", i % 3 == 0 ? "mqtt" : "http");
        }

        foreach (var type in (string?[])[null, "mqtt"])
        {
            var filter = new ServiceFilter { Type = type };
            var all = new List<ServiceView>();
            while (all.Count < _rig.Registry.Query(filter, 0, 1).Total)
            {
                all.AddRange(_rig.Registry.Query(filter, all.Count, 37).Services);
            }

            Assert.Equal(all.OrderBy(x => x.Instance.CreatedAt).ThenBy(x => x.Id).Select(x => x.Id), all.Select(x => x.Id));
            Assert.Equal(all.Count, all.Select(x => x.Id).Distinct().Count());
        }
    }

    [Fact]
    public void Types_and_tags_are_sorted_and_forget_what_expired()
    {
        Add("a", "mqtt", ttl: 10, tags: ["old"]);
        Add("b", "http", tags: ["z", "a"]);
        Assert.Equal(["http", "mqtt"], _rig.Registry.Types());
        Assert.Equal(["a", "old", "z"], _rig.Registry.Tags());

        _rig.Pass(TimeSpan.FromSeconds(11));

        Assert.Equal(["http"], _rig.Registry.Types());
        Assert.Equal(["a", "z"], _rig.Registry.Tags());
    }

    [Fact]
    public void The_revision_rises_with_visible_changes_and_not_with_heartbeats()
    {
        var view = _rig.Add("a");
        var before = _rig.Registry.Revision;

        _rig.Registry.Renew(view.Id, null, out _);
        _rig.Registry.Advance();
        Assert.Equal(before, _rig.Registry.Revision);

        _rig.Registry.Update(view.Id, new ServicePatch { Tags = ["x"] });
        Assert.True(_rig.Registry.Revision > before);
    }

    private void Add(
        string name,
        string type,
        int ttl = 600,
        string host = "10.0.0.1",
        string[]? tags = null,
        string protocol = "http",
        KeyValuePair<string, string>[]? metadata = null)
    {
        // Services made at one instant are ordered by their random ids; these shall be ordered as they are added.
        _rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        _rig.Registry.Register(new Registration
        {
            Name = name,
            Type = type,
            Host = host,
            Port = 80,
            TtlSeconds = ttl,
            Tags = tags,
            Protocol = protocol,
            Metadata = metadata,
        });
    }
}
