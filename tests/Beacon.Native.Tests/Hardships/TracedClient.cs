using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests.Hardships;

/// <summary>
/// One client on one connection that registers, changes, renews and deregisters services of its own, one request after the other, and
/// remembers what it asked for: its answers in a trace can be told by counting them.
/// </summary>
internal sealed class TracedClient : IDisposable
{
    /// <summary>The entry of the metadata that says which request made it so.</summary>
    public const string StepKey = "step";

    private const int PadLength = 1000;
    private const int MostPads = 8;
    private readonly int _number;
    private readonly Random _random;
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _ids = [];
    private readonly List<string> _live = [];
    private readonly List<(string Name, string? Content)> _steps = [];

    public TracedClient(int number, int port, int seed)
    {
        _number = number;
        _random = new Random(seed);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }, disposeHandler: true)
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
        };
    }

    /// <summary>Begins the name of each of its services.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"client-{_number}-");

    /// <summary>What each request makes of which service; null when it is gone.</summary>
    public IReadOnlyList<(string Name, string? Content)> Steps => _steps;

    /// <summary>How the steps name what a service is at one time.</summary>
    public static string Content(string id, string step) => $"{id} of step {step}";

    public async Task RunAsync(int requests, CancellationToken token)
    {
        await RegisterAsync(token);
        while (_steps.Count < requests)
        {
            await ((_live.Count == 0 ? 0 : _random.Next(10)) switch
            {
                < 5 => RegisterAsync(token),
                < 7 => UpdateAsync(token),
                < 9 => DeregisterAsync(token),
                _ => RenewAsync(token),
            });
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task RegisterAsync(CancellationToken token)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Mark}{_steps.Count}");
        using var body = Api.Json($$"""{"name":"{{name}}","host":"192.0.2.{{_number + 1}}","port":{{_steps.Count + 1}},{{Metadata()}}}""");
        using var answer = await _http.PostAsync(Api.Register, body, token);
        answer.EnsureSuccessStatusCode();
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(token)).GetProperty("service_id").GetString()!;
        _ids[name] = id;
        _live.Add(name);
        _steps.Add((name, Content(name)));
    }

    private async Task UpdateAsync(CancellationToken token)
    {
        var name = _live[_random.Next(_live.Count)];
        using var body = Api.Json($"{{{Metadata()}}}");
        using var answer = await _http.PutAsync($"{Api.Services}/{_ids[name]}", body, token);
        answer.EnsureSuccessStatusCode();
        _steps.Add((name, Content(name)));
    }

    private async Task DeregisterAsync(CancellationToken token)
    {
        var name = _live[_random.Next(_live.Count)];
        using var answer = await _http.DeleteAsync($"{Api.Services}/{_ids[name]}", token);
        answer.EnsureSuccessStatusCode();
        _live.Remove(name);
        _steps.Add((name, null));
    }

    private async Task RenewAsync(CancellationToken token)
    {
        var name = _live[_random.Next(_live.Count)];
        using var answer = await _http.PutAsync($"{Api.Services}/{_ids[name]}/heartbeat", null, token);
        answer.EnsureSuccessStatusCode();
        _steps.Add((name, _steps.Last(x => x.Name == name).Content));
    }

    private string Metadata()
    {
        var pads = Enumerable.Range(0, _random.Next(MostPads)).Select(x => $",\"pad{x}\":\"{new string((char)('a' + x), PadLength)}\"");
        return $$"""
            "metadata":{"{{StepKey}}":"{{_steps.Count}}"{{string.Concat(pads)}}}
            """;
    }

    /// <summary>With the request that is under way.</summary>
    private string Content(string name) => Content(_ids[name], _steps.Count.ToString(CultureInfo.InvariantCulture));
}
