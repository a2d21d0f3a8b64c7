using System.Net;
using System.Net.Sockets;
using Beacon.Features.Health.Names;
using Beacon.Features.Tests.Health.Kit;
using Beacon.Testing;

namespace Beacon.Features.Tests.Health.Names;

public sealed class CachingHostResolverTests
{
    private readonly TestClock _clock = new();
    private readonly FakeResolver _inner = new();
    private readonly CachingHostResolver _resolver;

    public CachingHostResolverTests() => _resolver = new CachingHostResolver(_inner, _clock);

    private async Task<IReadOnlyList<IPAddress>> AskAsync(string name) =>
        await _resolver.ResolveAsync(name, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    [Fact]
    public async Task An_answer_is_kept_for_a_minute()
    {
        _inner.With("nas.lan", "192.168.1.20");
        Assert.Single(await AskAsync("nas.lan"));
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(await AskAsync("NAS.lan"));
        Assert.Single(_inner.Asked);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AskAsync("nas.lan");
        Assert.Equal(2, _inner.Asked.Count);
    }

    [Fact]
    public async Task That_there_is_none_is_believed_for_five_seconds()
    {
        Assert.Empty(await AskAsync("nas.lan"));
        _clock.Advance(TimeSpan.FromSeconds(4));
        await AskAsync("nas.lan");
        Assert.Single(_inner.Asked);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _inner.With("nas.lan", "192.168.1.20");
        Assert.Single(await AskAsync("nas.lan"));
    }

    [Fact]
    public async Task A_hundred_that_ask_at_once_are_one_look_up_and_who_gives_up_spoils_nothing()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<IPAddress>>();
        _inner.Answer = (_, _) => answer.Task;
        using var given = new CancellationTokenSource();
        var impatient = _resolver.ResolveAsync("nas.lan", given.Token);
        var others = Enumerable.Range(0, 100).Select(_ => AskAsync("nas.lan")).ToList();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        answer.SetResult([IPAddress.Parse("192.168.1.20")]);
        Assert.All(await Task.WhenAll(others), x => Assert.Single(x));
        Assert.Single(_inner.Asked);
    }

    [Fact]
    public async Task A_look_up_that_hangs_ends_after_half_a_minute()
    {
        _inner.Answer = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return [];
        };
        var asked = AskAsync("nas.lan");
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Empty(await asked);
    }

    [Fact]
    public async Task A_name_server_that_does_not_answer_is_told_and_asked_again_later()
    {
        _inner.Answer = (_, _) => throw new SocketException((int)SocketError.TryAgain);
        await Assert.ThrowsAsync<SocketException>(() => AskAsync("nas.lan"));
        _inner.Answer = null;
        _inner.With("nas.lan", "192.168.1.20");
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(await AskAsync("nas.lan"));
    }

    [Fact]
    public async Task Only_so_many_names_are_remembered()
    {
        for (var i = 0; i <= CachingHostResolver.Most; i++)
        {
            await AskAsync($"n{i}.lan");
        }

        await AskAsync("n0.lan");
        Assert.Equal(CachingHostResolver.Most + 2, _inner.Asked.Count);
    }

    [Fact]
    public async Task B29_names_under_local_are_asked_for_by_multicast_and_others_are_not()
    {
        var multicast = new FakeResolver().With("nas.local", "192.168.1.20");
        var system = new FakeResolver().With("old.local", "192.168.1.30").With("nas.lan", "192.168.1.40");
        var resolver = new LocalHostResolver(multicast, system);
        Assert.Equal("192.168.1.20", Assert.Single(await resolver.ResolveAsync("nas.local", TestContext.Current.CancellationToken)).ToString());
        Assert.Empty(system.Asked);
        Assert.Equal("192.168.1.30", Assert.Single(await resolver.ResolveAsync("old.local", TestContext.Current.CancellationToken)).ToString());
        Assert.Equal("192.168.1.40", Assert.Single(await resolver.ResolveAsync("nas.lan", TestContext.Current.CancellationToken)).ToString());
        Assert.Equal(["nas.local", "old.local"], multicast.Asked);
    }

    [Fact]
    public async Task The_system_knows_localhost_and_says_no_to_nonsense()
    {
        using var system = new SystemHostResolver();
        Assert.NotEmpty(await system.ResolveAsync("localhost", TestContext.Current.CancellationToken));
        Assert.Empty(await system.ResolveAsync(new string('a', 300), TestContext.Current.CancellationToken));
    }
}
