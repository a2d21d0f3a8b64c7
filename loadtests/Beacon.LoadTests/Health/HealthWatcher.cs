using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Beacon.LoadTests.Health;

/// <summary>Listens to Beacon's live events and notes what it says of each target's health.</summary>
internal sealed class HealthWatcher(Stopwatch clock) : IAsyncDisposable
{
    private const int LongestMessage = 1 << 20;

    private readonly ClientWebSocket _socket = new();
    private readonly Dictionary<string, List<Transition>> _said = [];
    private readonly Lock _gate = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Beacon could not tell everything: what was told is not to be trusted.</summary>
    public bool LostSome { get; private set; }

    public async Task StartAsync(int port)
    {
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/api/v1/ws"), CancellationToken.None);
        _loop = ListenAsync();
    }

    /// <summary>Changes of what is believed of one service, in order.</summary>
    public IReadOnlyList<Transition> SaidOf(string name)
    {
        lock (_gate)
        {
            return _said.TryGetValue(name, out var said) ? [.. said] : [];
        }
    }

    public int CountUp()
    {
        lock (_gate)
        {
            return _said.Values.Count(said => said[^1].IsUp);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _loop;
        _socket.Dispose();
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[LongestMessage];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                Take(clock.Elapsed, JsonNode.Parse(buffer.AsSpan(0, length))!);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The run is over.
        }
    }

    private void Take(TimeSpan at, JsonNode message)
    {
        var type = message["type"]?.GetValue<string>();
        LostSome |= type == "resync";
        if (type != "health_status_changed" || message["data"] is not { } data)
        {
            return;
        }

        lock (_gate)
        {
            var name = data["name"]!.GetValue<string>();
            var isUp = data["status"]!.GetValue<string>() == "healthy";
            var said = _said.TryGetValue(name, out var known) ? known : _said[name] = [];

            // It is told too when a service begins or ceases to flap; that is no change of its health.
            if (said.Count == 0 || said[^1].IsUp != isUp)
            {
                said.Add(new Transition(at, isUp, TargetState.Well));
            }
        }
    }
}
