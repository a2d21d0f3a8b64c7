using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Beacon.LoadTests.Stores;

/// <summary>Registrations and heartbeats over HTTP, as fast as they are answered or at a fixed rate.</summary>
internal sealed class StoreLoad : IDisposable
{
    private const string Register = "/api/v1/services/register";
    private readonly HttpClient _http;
    private readonly ConcurrentQueue<string> _ids = new();
    private int _last;

    public StoreLoad(Uri address) => _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512 }) { BaseAddress = address };

    /// <summary>Each client sends its next registration when the last was answered.</summary>
    public Task<double> RegisterAsync(int clients, TimeSpan length) => ClosedAsync(clients, length, RegisterOneAsync);

    /// <summary>As <see cref="RegisterAsync"/>; every service is renewed in turn.</summary>
    public Task<double> RenewAsync(int clients, TimeSpan length)
    {
        var ids = _ids.ToArray();
        var next = 0;
        return ClosedAsync(clients, length, async () =>
        {
            var id = ids[(uint)Interlocked.Increment(ref next) % ids.Length];
            using var answer = await _http.PutAsync(new Uri($"/api/v1/services/{id}/heartbeat", UriKind.Relative), null);
            answer.EnsureSuccessStatusCode();
        });
    }

    /// <summary>Open loop: each counts from when it should have been sent, so that a slow answer is not hidden by the waiting of the next.</summary>
    /// <returns>Milliseconds, sorted.</returns>
    public async Task<double[]> TimeAsync(int perSecond, TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        var running = new List<Task<double>>();
        for (var sent = 0; Stopwatch.GetElapsedTime(started) < length;)
        {
            var due = TimeSpan.FromSeconds((double)sent / perSecond);
            if (Stopwatch.GetElapsedTime(started) < due)
            {
                await Task.Delay(1);
                continue;
            }

            sent++;
            running.Add(TimeOneAsync(started, due));
        }

        return [.. (await Task.WhenAll(running)).Order()];
    }

    /// <summary>A counter of <c>/metrics</c>, its series together.</summary>
    public async Task<double> CounterAsync(string name)
    {
        var text = await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return text.Split('\n')
            .Where(x => x.StartsWith(name, StringComparison.Ordinal) && x[name.Length] is ' ' or '{')
            .Sum(x => double.Parse(x[(x.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    public void Dispose() => _http.Dispose();

    private async Task<double> TimeOneAsync(long started, TimeSpan due)
    {
        await RegisterOneAsync();
        return (Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds;
    }

    private async Task RegisterOneAsync()
    {
        var number = Interlocked.Increment(ref _last);
        using var body = new StringContent(
            string.Create(CultureInfo.InvariantCulture, $$$"""{"name":"service-{{{number}}}","type":"iot","host":"192.0.2.7","port":8000,"ttl":3600,"tags":["a","b"],"metadata":{"room":"kitchen"}}"""),
            Encoding.UTF8,
            new MediaTypeHeaderValue("application/json"));
        using var answer = await _http.PostAsync(new Uri(Register, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        using var service = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        _ids.Enqueue(service.RootElement.GetProperty("service_id").GetString()!);
    }

    private static async Task<double> ClosedAsync(int clients, TimeSpan length, Func<Task> one)
    {
        var done = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                await one();
                Interlocked.Increment(ref done);
            }
        })));
        return done / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
