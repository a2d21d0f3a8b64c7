using System.Net;

namespace Beacon.Client;

/// <summary>
/// A service that stays registered: renewed about three times per lease, registered again when Beacon has forgotten it, and moved when this machine
/// gets another address. Disposing takes it away, within some seconds; a Beacon that is away forgets it when the lease ends.
/// </summary>
public sealed class BeaconRegistration : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DefaultTtl = TimeSpan.FromSeconds(300);

    private readonly BeaconClient _client;
    private readonly ServiceRegistration _service;
    private readonly Func<double> _chance;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private TimeSpan _ttl;
    private string _host = "";
    private int _failures;
    private int _isDisposed;
    private volatile string? _serviceId;
    private volatile BeaconException? _lastError;

    internal BeaconRegistration(BeaconClient client, ServiceRegistration service, Func<double> chance)
    {
        _client = client;
        _service = service;
        _chance = chance;
        _ttl = service.Ttl is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTtl;
    }

    /// <summary>Null while Beacon does not know the service.</summary>
    public string? ServiceId => _serviceId;

    /// <summary>What went wrong last; null when all is well.</summary>
    public BeaconException? LastError => _lastError;

    /// <summary>
    /// Something went wrong, and it is something else than before. Called by the thread that found out, outside of every lock; what it throws is lost.
    /// </summary>
    public event EventHandler<BeaconException>? Problem;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        if (Interlocked.Exchange(ref _serviceId, null) is { } id)
        {
            try
            {
                using var limit = new CancellationTokenSource(GoodbyeLimit, _client.Time);
                await _client.DeregisterAsync(id, limit.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is BeaconException or OperationCanceledException)
            {
                // The lease ends by itself.
            }
        }

        _stop.Dispose();
    }

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        var delay = await StepAsync(cancellationToken).ConfigureAwait(false);
        if (LastError is { IsTransient: false } refused)
        {
            throw refused;
        }

        _running = RunAsync(delay);
    }

    /// <summary>Does what is due now and returns how long nothing will be. Throws nothing but the cancellation.</summary>
    internal async Task<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (_serviceId is null ? RegisterAsync(cancellationToken) : RenewAsync(_serviceId, cancellationToken)).ConfigureAwait(false);
            _failures = 0;
            _lastError = null;
            return _ttl / 3 * (0.8 + (0.4 * _chance()));
        }
        catch (BeaconException error)
        {
            _failures++;
            var isNew = _lastError?.Message != error.Message;
            _lastError = error;
            if (isNew)
            {
                Tell(error);
            }

            return error.IsTransient ? Retry.After(_failures, error.RetryAfter, _chance()) : Retry.Longest;
        }
    }

    private void Tell(BeaconException error)
    {
        try
        {
            Problem?.Invoke(this, error);
        }
        catch (Exception)
        {
            // A listener's mistake must not end the renewals.
        }
    }

    private async Task RunAsync(TimeSpan delay)
    {
        try
        {
            while (true)
            {
                await Task.Delay(delay, _client.Time, _stop.Token).ConfigureAwait(false);
                delay = await StepAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var host = await HostAsync(cancellationToken).ConfigureAwait(false);
        var known = await _client.RegisterAsync(_service with { Host = host }, cancellationToken).ConfigureAwait(false);
        _host = host;
        _ttl = known.Ttl > 0 ? TimeSpan.FromSeconds(known.Ttl) : _ttl;
        _serviceId = known.ServiceId;
    }

    private async Task RenewAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var host = await HostAsync(cancellationToken).ConfigureAwait(false);
            if (host != _host)
            {
                await _client.MoveAsync(id, host, cancellationToken).ConfigureAwait(false);
                _host = host;
            }

            await _client.HeartbeatAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (BeaconException error) when (error.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Not found: another or an emptied Beacon. Conflict: the new address is registered already, and that one is ours too.
            _serviceId = null;
            await RegisterAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> HostAsync(CancellationToken cancellationToken) =>
        _service.Host is { Length: > 0 } host ? host : await _client.GetOwnAddressAsync(cancellationToken).ConfigureAwait(false);
}
