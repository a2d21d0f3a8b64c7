using System.Net;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary>
/// Keeps one service registered: heartbeats at a third of its lease, a new registration when it was forgotten, patience while no Beacon is there.
/// </summary>
/// <remarks>One task at a time.</remarks>
internal sealed class LeaseKeeper(CommandContext context, byte[] registration) : IDisposable
{
    /// <summary>Two heartbeats may be lost before a lease ends.</summary>
    private const int BeatsPerLease = 3;

    /// <summary>Devices that were switched on together shall not beat together.</summary>
    private const double Jitter = 0.1;

    /// <summary>A refusal to stop must not keep the terminal.</summary>
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private BeaconApi? _api;
    private string? _id;
    private TimeSpan _ttl = TimeSpan.FromMinutes(5);
    private bool _isAway;

    /// <exception cref="CommandException">Beacon was reached and refused, or the address named is none.</exception>
    public async Task RegisterFirstAsync()
    {
        try
        {
            await RegisterAsync(context.Stopping);
        }
        catch (CommandException exception) when (exception.Code == ExitCode.Unavailable)
        {
            Lost(exception);
        }
    }

    /// <summary>Ends when it is cancelled, without an exception.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var pause = _isAway ? FirstPause : Beat();
        try
        {
            while (true)
            {
                await Task.Delay(pause, context.Time, stopping);
                pause = await StepAsync(pause, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    /// <summary>Takes the service away; when that fails its lease ends by itself.</summary>
    public async Task DeregisterAsync()
    {
        if (_api is null || _id is null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(GoodbyeLimit, context.Time);
        try
        {
            await _api.SendAsync(HttpMethod.Delete, $"services/{_id}", null, limit.Token);
        }
        catch (Exception exception) when (exception is CommandException or OperationCanceledException)
        {
            context.Terminal.Complain($"could not be deregistered, its lease ends within {SpanText.Of(_ttl)}: {exception.Message}");
        }
    }

    public void Dispose() => _api?.Dispose();

    /// <returns>How long to wait before the next step.</returns>
    private async Task<TimeSpan> StepAsync(TimeSpan waited, CancellationToken stopping)
    {
        try
        {
            await RenewAsync(stopping);
            if (_isAway)
            {
                _isAway = false;
                context.Terminal.Complain("Beacon is back");
            }

            return Beat();
        }
        catch (CommandException exception)
        {
            var first = !_isAway;
            Lost(exception);
            return first ? FirstPause : TimeSpan.FromTicks(Math.Min(2 * waited.Ticks, Math.Min(LongestPause.Ticks, (_ttl / BeatsPerLease).Ticks)));
        }
    }

    private async Task RenewAsync(CancellationToken stopping)
    {
        if (_api is not null && _id is not null)
        {
            var reply = await _api.SendAsync(HttpMethod.Put, $"services/{_id}/heartbeat", null, stopping);
            if (reply.IsSuccess)
            {
                return;
            }

            if (reply.Status != HttpStatusCode.NotFound)
            {
                throw reply.ToException();
            }

            context.Terminal.Complain("Beacon does not know the service any more, registering it again");
        }

        await RegisterAsync(stopping);
    }

    private async Task RegisterAsync(CancellationToken stopping)
    {
        _api ??= await BeaconApi.OpenAsync(context);
        using var json = (await _api.SendAsync(HttpMethod.Post, "services/register", registration, stopping)).Parse();
        var service = new ServiceLine(json.RootElement);
        (_id, _ttl) = (service.Id, service.Ttl);
        context.Terminal.Complain($"{service.Name} is registered as {_id}");
    }

    private void Lost(CommandException exception)
    {
        if (!_isAway)
        {
            _isAway = true;
            context.Terminal.Complain($"{exception.Message}; going on trying");
        }

        // One that was found may be at another address when it comes back; one that was named is found there again.
        _api?.Dispose();
        _api = null;
    }

    private TimeSpan Beat() => _ttl / BeatsPerLease * (1 - (Jitter * Random.Shared.NextDouble()));
}
