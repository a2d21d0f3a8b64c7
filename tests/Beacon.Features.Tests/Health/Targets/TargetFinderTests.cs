using System.Net;
using Beacon.Features.Health.Probing;
using Beacon.Features.Health.Targets;
using Beacon.Features.Tests.Health.Kit;

namespace Beacon.Features.Tests.Health.Targets;

public sealed class TargetFinderTests
{
    private readonly FakeResolver _resolver = new();

    private async Task<CheckTarget> FindAsync(string url, string host, string? source = null, params string[] allow)
    {
        OwnAddress[] own = [new(IPAddress.Loopback, 8), new(IPAddress.Parse("192.168.1.10"), 24), new(IPAddress.Parse("172.18.0.2"), 16)];
        var policy = new AddressPolicy([.. allow.Select(IPNetwork.Parse)], () => 8080, () => own);
        Assert.True(CheckUrl.TryParse(url, out var parsed, out _));
        return await new TargetFinder(_resolver, policy).FindAsync(
            ProbeRig.Service(url, host: host, source: source), parsed, TestContext.Current.CancellationToken);
    }

    private static void IsAt(CheckTarget target, params string[] addresses)
    {
        Assert.Null(target.Problem);
        Assert.Equal(addresses, target.Addresses.Select(x => x.ToString()));
    }

    [Fact]
    public async Task B29_a_containers_name_that_does_not_resolve_stands_for_where_it_registered_from() =>
        IsAt(await FindAsync("http://homegrow:3003/api/health", "homegrow", "192.168.1.77"), "192.168.1.77");

    [Fact]
    public async Task B29_a_containers_name_that_resolves_is_used()
    {
        _resolver.With("homegrow", "172.18.0.9");
        IsAt(await FindAsync("http://homegrow:3003/api/health", "homegrow", "192.168.1.77"), "172.18.0.9");
    }

    [Fact]
    public async Task B29_a_local_name_is_resolved_like_any_other()
    {
        _resolver.With("nas.local", "192.168.1.20");
        IsAt(await FindAsync("http://nas.local/", "nas.local"), "192.168.1.20");
    }

    [Fact]
    public async Task A_name_of_somebody_else_that_does_not_resolve_is_just_that()
    {
        var target = await FindAsync("http://other/", "homegrow", "192.168.1.77");
        Assert.Equal(("the name other does not resolve", false), (target.Problem, target.IsRefused));
    }

    [Fact]
    public async Task A_host_that_the_hosts_file_puts_at_loopback_stands_for_where_it_registered_from()
    {
        _resolver.With("umbrel", "127.0.1.1");
        IsAt(await FindAsync("http://umbrel:3003/", "umbrel", "192.168.1.10"), "192.168.1.10");
    }

    [Fact]
    public async Task Localhost_of_the_service_is_where_it_registered_from()
    {
        IsAt(await FindAsync("http://localhost:3000/", "localhost", "192.168.1.77"), "192.168.1.77");
        IsAt(await FindAsync("http://127.0.0.1:3000/", "0.0.0.0", "192.168.1.77"), "192.168.1.77");
        IsAt(await FindAsync("http://localhost:3000/", "localhost", "::ffff:192.168.1.77"), "192.168.1.77");
        Assert.Empty(_resolver.Asked);
    }

    [Fact]
    public async Task What_registered_from_Beacons_own_machine_is_checked_at_its_addresses_on_the_network()
    {
        IsAt(await FindAsync("http://localhost:3000/", "localhost", "127.0.0.1"), "192.168.1.10", "172.18.0.2");
        Assert.True((await FindAsync("http://localhost:8080/", "localhost", "127.0.0.1")).IsRefused);
        IsAt(await FindAsync("http://localhost:3000/", "localhost", "127.0.0.1", "127.0.0.0/8"), "127.0.0.1");
    }

    [Fact]
    public async Task B20_a_name_that_leads_inside_is_refused()
    {
        _resolver.With("evil.example", "127.0.0.1").With("meta.example", "169.254.169.254").With("six.example", "::ffff:169.254.169.254");
        foreach (var name in new[] { "evil.example", "meta.example", "six.example" })
        {
            var target = await FindAsync($"http://{name}/", "192.168.1.77");
            Assert.True(target.IsRefused);
            Assert.Contains("may not go to", target.Problem, StringComparison.Ordinal);
        }

        Assert.True((await FindAsync("http://meta.example/", "meta.example", "192.168.1.77")).IsRefused);
    }

    [Fact]
    public async Task B20_of_several_addresses_only_the_allowed_ones_are_used()
    {
        _resolver.With("mixed.example", "169.254.169.254", "192.168.1.20", "127.0.0.1", "8.8.8.8");
        IsAt(await FindAsync("http://mixed.example/", "192.168.1.77"), "192.168.1.20");
    }

    [Fact]
    public async Task A_name_far_away_is_fine_as_the_services_own_and_refused_as_anothers()
    {
        _resolver.With("far.example", "203.0.113.7").With("alias.example", "203.0.113.7");
        IsAt(await FindAsync("http://far.example/", "far.example"), "203.0.113.7");
        IsAt(await FindAsync("http://alias.example/", "far.example"), "203.0.113.7");
        Assert.True((await FindAsync("http://far.example/", "192.168.1.77")).IsRefused);
    }
}
