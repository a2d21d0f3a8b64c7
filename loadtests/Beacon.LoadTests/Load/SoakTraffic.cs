using System.Diagnostics;
using System.Net;
using System.Text;
using Beacon.LoadTests.Driving;

namespace Beacon.LoadTests.Load;

/// <summary>Requests of every kind at a fixed rate, right ones and wrong ones, each with the answers that are right for it.</summary>
internal sealed class SoakTraffic(Uri beacon, string[] ids)
{
    private const int Seed = 20261128;
    private const int First = 5_000_000;
    private const int Coming = 500;
    private static readonly string[] Wrongs =
    [
        "GET / HTTP/9.9\r\n\r\n", "NONSENSE\r\n\r\n", "POST /api/v1/services/register HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
        "POST /api/v1/services/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"name\":1",
        "POST /api/v1/services/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"port\":-99}",
        "PUT /api/v1/services/no-such-id/heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "DELETE /api/v1/services HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/services?limit=ten HTTP/1.1\r\nHost: x\r\n\r\n", "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", "GET /api/v1/ws HTTP/1.1\r\nHost: x\r\n\r\n",
        "\0\x1\x2\x3\r\n\r\n", "POST /api/v1/heartbeats HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"ids\":1}",
    ];

    private readonly IPEndPoint _place = IPEndPoint.Parse(beacon.Authority);
    private readonly Random _random = new(Seed);
    private readonly Lock _gate = new();
    private long _answers;
    private long _wrong;
    private long _unexpected;

    public long Answers => Volatile.Read(ref _answers);

    public long Wrong => Volatile.Read(ref _wrong);

    public long Unexpected => Volatile.Read(ref _unexpected);

    /// <summary>What the first of them was; empty when there was none.</summary>
    public string FirstUnexpected { get; private set; } = "";

    public async Task RunAsync(int connections, int perSecond, TimeSpan length)
    {
        var begun = Stopwatch.GetTimestamp();
        var sent = 0L;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(RunOneAsync)));

        async Task RunOneAsync()
        {
            using var connection = new HttpConnection(_place);
            while (true)
            {
                var due = TimeSpan.FromSeconds((double)Interlocked.Increment(ref sent) / perSecond);
                if (due > length)
                {
                    return;
                }

                if (due - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } early)
                {
                    await Task.Delay(early);
                }

                await AskAsync(connection);
            }
        }
    }

    private async Task AskAsync(HttpConnection connection)
    {
        int dice;
        int number;
        lock (_gate)
        {
            (dice, number) = (_random.Next(1000), _random.Next(1_000_000));
        }

        var id = ids[number % ids.Length];
        if (dice < 10)
        {
            // Some of these make the server close, so that each has a connection of its own; no answer at all is one of the right ones.
            using var own = new HttpConnection(_place);
            var text = Wrongs[number % Wrongs.Length];
            var reply = await own.AskAsync(Encoding.Latin1.GetBytes(text));
            Interlocked.Increment(ref _wrong);
            Count(reply.Status is 0 or 505 or (>= 400 and < 500), reply, text);
            return;
        }

        var (request, right) = dice switch
        {
            < 600 => (HttpConnection.Request("PUT", $"/api/v1/services/{id}/heartbeat"), 200),
            < 750 => (HttpConnection.Request("GET", $"/api/v1/services/{id}"), 200),
            < 850 => (HttpConnection.Request("GET", $"/api/v1/services?limit=50&skip={number % 500}&type=mqtt"), 200),
            < 880 => (HttpConnection.Request("PUT", $"/api/v1/services/{id}", $$"""{"tags":["t{{number % 10}}","x"]}"""), 200),
            < 900 => (HttpConnection.Request("GET", "/metrics"), 200),
            < 920 => (HttpConnection.Request("GET", "/api/v1/events?limit=20"), 200),
            < 940 => (HttpConnection.Request("GET", "/"), 200),

            // Services that come, are not renewed, expire, are cleaned up, and come back.
            _ => (HttpConnection.Request("POST", "/api/v1/services/register", Requests.Body(First + (number % Coming), ttl: 10)), 0),
        };
        var answer = await connection.AskAsync(request);
        Count(right == 0 ? answer.IsSuccess : answer.Status == right, answer, Encoding.UTF8.GetString(request.Span[..request.Span.IndexOf((byte)'\r')]));
    }

    private void Count(bool isRight, in HttpReply reply, string request)
    {
        Interlocked.Increment(ref _answers);
        if (!isRight && Interlocked.Increment(ref _unexpected) == 1)
        {
            FirstUnexpected = $"(the first: {reply.Status} to {request.ReplaceLineEndings(" ")})";
        }
    }
}
