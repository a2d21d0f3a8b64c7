using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Beacon.Client.Discovery;
using Beacon.Client.Json;

namespace Beacon.Client;

/// <summary>
/// The HTTP interface of Beacon over an <see cref="HttpClient"/> of yours, which is not disposed. May be used from any thread. Every method throws
/// <see cref="BeaconException"/> when Beacon refuses or cannot be reached.
/// </summary>
public sealed class BeaconClient
{
    private const string Variable = "BEACON_URL";
    private const int PageSize = 100;

    /// <summary>Longest answer that is read, in bytes: a page of the largest services Beacon takes fits.</summary>
    private const int MaxAnswer = 16 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Func<CancellationToken, Task<Uri?>> _find;
    private readonly bool _isGiven;
    private volatile Uri? _root;

    /// <param name="http">Should use no proxy: Beacon is in the local network.</param>
    /// <param name="address">
    /// Beacon's, <c>http://192.168.1.2:8080</c>; with a path it is the root of the API, as behind a proxy. Null: the variable <c>BEACON_URL</c>, and
    /// without that Beacon is looked for by mDNS, again each time that nobody answers at the address found.
    /// </param>
    /// <exception cref="ArgumentException">The address is none of http or https.</exception>
    public BeaconClient(HttpClient http, Uri? address = null, TimeProvider? timeProvider = null)
        : this(http, address ?? FromEnvironment(), timeProvider, token => BeaconFinder.FindAsync(cancellationToken: token))
    {
    }

    internal BeaconClient(HttpClient http, Uri? address, TimeProvider? timeProvider, Func<CancellationToken, Task<Uri?>> find)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _time = timeProvider ?? TimeProvider.System;
        _find = find;
        _isGiven = address is not null;
        _root = address is null ? null : ApiRoot.Of(address);
    }

    /// <summary>How long one request may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    internal TimeProvider Time => _time;

    /// <summary>Where the API begins, with a slash at its end. Looks for Beacon when its address is not known.</summary>
    public async Task<Uri> GetRootAsync(CancellationToken cancellationToken = default) =>
        _root ??= await _find(cancellationToken).ConfigureAwait(false)
            ?? throw new BeaconException($"No Beacon answered on this network; set {Variable}");

    /// <summary>
    /// Registers the service and keeps it registered until the result is disposed. When Beacon cannot be reached this returns all the same and goes on
    /// trying; it throws when Beacon refuses what it was told.
    /// </summary>
    public async Task<BeaconRegistration> KeepRegisteredAsync(ServiceRegistration service, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(service);
        var registration = new BeaconRegistration(this, service, Random.Shared.NextDouble);
        await registration.StartAsync(cancellationToken).ConfigureAwait(false);
        return registration;
    }

    /// <summary>Registers once and renews nothing. The same name, host and port keep their id.</summary>
    public async Task<BeaconService> RegisterAsync(ServiceRegistration service, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(service);
        var complete = service.Host is { Length: > 0 } ? service : service with { Host = await GetOwnAddressAsync(cancellationToken).ConfigureAwait(false) };
        return await SendAsync(
            HttpMethod.Post, "services/register", Body(complete, ClientJson.Default.ServiceRegistration), ClientJson.Default.BeaconService, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Renews the lease. A <see cref="BeaconException"/> with status 404 means: register again.</summary>
    public Task HeartbeatAsync(string serviceId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, $"{PathOf(serviceId)}/heartbeat", null, cancellationToken);

    /// <summary>Takes the service away. One that is gone already is no error.</summary>
    public async Task DeregisterAsync(string serviceId, CancellationToken cancellationToken = default)
    {
        try
        {
            await SendAsync(HttpMethod.Delete, PathOf(serviceId), null, cancellationToken).ConfigureAwait(false);
        }
        catch (BeaconException error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            // What was wanted is so.
        }
    }

    public Task<BeaconService> GetServiceAsync(string serviceId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, PathOf(serviceId), null, ClientJson.Default.BeaconService, cancellationToken);

    /// <summary>Every service that matches, over as many pages as it takes.</summary>
    public async Task<IReadOnlyList<BeaconService>> DiscoverAsync(ServiceFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var found = new List<BeaconService>();
        while (true)
        {
            var path = "services/discover?" + (filter ?? new ServiceFilter()).ToQuery(PageSize, found.Count);
            var page = await SendAsync(HttpMethod.Get, path, null, ClientJson.Default.ServicePage, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Services);
            if (page.Services.Count == 0 || found.Count >= page.Total)
            {
                return found;
            }
        }
    }

    /// <summary>
    /// This machine's address as Beacon sees it. When Beacon is on this machine: one that leads out of it, or <c>0.0.0.0</c>, which Beacon announces as
    /// the machine itself.
    /// </summary>
    public async Task<string> GetOwnAddressAsync(CancellationToken cancellationToken = default) =>
        await OwnAddress.TowardsAsync(await GetRootAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    internal Task MoveAsync(string serviceId, string host, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, PathOf(serviceId), Body(new HostChange(host), ClientJson.Default.HostChange), cancellationToken);

    private static Uri? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } url ? new Uri(url, UriKind.RelativeOrAbsolute) : null;

    private static string PathOf(string serviceId) => "services/" + Uri.EscapeDataString(serviceId);

    private static ByteArrayContent Body<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await SendAsync(method, path, body, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(answer, type) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new BeaconException($"What answers at {_root} is not Beacon: {error.Message}", error);
        }
    }

    private async Task<byte[]> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        var root = await GetRootAsync(cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(method, new Uri(root, path)) { Content = body };
        using var limit = new CancellationTokenSource(RequestTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            await answer.Content.LoadIntoBufferAsync(MaxAnswer, both.Token).ConfigureAwait(false);
            var bytes = await answer.Content.ReadAsByteArrayAsync(both.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? bytes : throw Refusal(answer, bytes);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (!_isGiven)
            {
                _root = null;
            }

            var reason = error is OperationCanceledException ? $"no answer within {RequestTimeout.TotalSeconds} s" : error.Message;
            throw new BeaconException($"Beacon cannot be reached: {reason}", error);
        }
    }

    private BeaconException Refusal(HttpResponseMessage answer, byte[] body)
    {
        var asked = answer.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date is { } date ? date - _time.GetUtcNow() : TimeSpan.Zero);
        return new BeaconException(Detail.Read(body) ?? $"HTTP status {(int)answer.StatusCode}", answer.StatusCode, wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }
}
