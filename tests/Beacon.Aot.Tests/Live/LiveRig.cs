using System.Net.WebSockets;
using Beacon.Aot.Live;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Aot.Tests.Live;

/// <summary>Registry, hub and clients in virtual time, without a network: connections are <see cref="MemoryLink"/>s.</summary>
internal sealed class LiveRig : IAsyncDisposable
{
    /// <summary>Added to the registry's sequences in this run.</summary>
    public const long Origin = 7_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _sessions = [];
    private readonly List<IDisposable> _owned = [];
    private readonly LiveCommands _commands;
    private readonly Task _running;

    /// <param name="timings">By default nobody counts as stalled: tests let an hour pass between two reads.</param>
    public LiveRig(LiveTimings? timings = null, bool running = true)
    {
        Timings = timings ?? new LiveTimings { StallLimit = TimeSpan.FromDays(1) };
        Registry = new ServiceRegistry(Clock, new RegistryLimits(), new EventHub());
        Hub = new LiveHub(Registry, new LiveRun("0123456789abcdef", Origin), Timings, Clock, NullLogger<LiveHub>.Instance);
        _commands = new LiveCommands(Registry, Hub);
        _running = running ? Hub.RunAsync(_ending.Token) : Task.CompletedTask;
    }

    public LiveTimings Timings { get; }

    public TestClock Clock { get; } = new();

    public ServiceRegistry Registry { get; }

    public LiveHub Hub { get; }

    /// <summary>The newest event as clients see its sequence.</summary>
    public long Newest => Origin + Registry.Events.LastSequence;

    /// <summary>The connections' tasks, in the order of <see cref="Connect"/>.</summary>
    public IReadOnlyList<Task> Sessions => _sessions;

    /// <summary>A client that has read nothing yet.</summary>
    public LiveClient Connect(long? since = null)
    {
        var (server, client) = MemoryLink.Pair();
        var outlet = new LiveOutlet(server);
        var socket = WebSocket.CreateFromStream(outlet, new WebSocketCreationOptions { IsServer = true });
        var session = new LiveSession(socket, outlet, $"client_{_sessions.Count + 1}", Hub, _commands, Timings, Clock, NullLogger.Instance);
        _sessions.Add(session.RunAsync(since, _stopping.Token));
        var live = new LiveClient(WebSocket.CreateFromStream(client, new WebSocketCreationOptions()));
        _owned.AddRange([live, session, socket, client, outlet]);
        return live;
    }

    /// <summary>A client that has read the greeting.</summary>
    public async Task<LiveClient> ConnectAsync(long? since = null)
    {
        var client = Connect(since);
        Assert.Equal("connection_established", (await client.ReceiveAsync())["type"]!.GetValue<string>());
        return client;
    }

    public ServiceView Add(string name, string type = "http", int ttl = 60, params string[] tags) =>
        Registry.Register(new Registration { Name = name, Type = type, Host = "192.168.1.50", Port = 8080, TtlSeconds = ttl, Tags = tags }).Service;

    /// <summary>
    /// Something that <see cref="Mark"/> can end the test with. Answers overtake messages, so that only a message which everybody gets shows
    /// that nothing else came.
    /// </summary>
    public async Task PrepareMarkAsync()
    {
        Add("marker", ttl: 10);
        Pass(TimeSpan.FromSeconds(11));
        await SettleAsync();
    }

    public void Mark() => Registry.CleanUp(TimeSpan.Zero, out _);

    /// <summary>As the host does every tenth of a second.</summary>
    public void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        Registry.Advance();
    }

    /// <summary>Every event so far is in every client's queue.</summary>
    public Task SettleAsync() => UntilAsync(() => Hub.Newest >= Newest);

    /// <summary>For what another thread is about to do.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Moves time on until this connection has ended.</summary>
    public async Task PassUntilEndedAsync(Task session)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!session.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            Clock.Advance(Timings.WatchPace);
            await Task.Yield();
        }

        await session;
    }

    public void Stop() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }

        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // Asked for above.
        }

        Hub.Dispose();
        _ending.Dispose();
        _stopping.Dispose();
    }
}
