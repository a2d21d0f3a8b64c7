using System.Collections.Concurrent;
using System.Globalization;
using Beacon.Features.Health.Names;
using Beacon.Features.Health.Targets;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Health.Probing;

/// <summary>Checks over the network: HTTP, HTTPS or a TCP connection, by the URL's scheme.</summary>
public sealed class ServiceProbe : IProbe, IDisposable
{
    /// <summary>Services whose refusal is remembered, so that it is logged once and not at every check.</summary>
    private const int MostRefusals = 1024;

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpProbe _http;
    private readonly TcpProbe _tcp;
    private readonly ConcurrentDictionary<ServiceId, string> _refusals = new();

    /// <param name="version">Beacon's, for the targets' logs.</param>
    public ServiceProbe(IHostResolver resolver, AddressPolicy policy, string version, TimeProvider time, ILogger logger)
    {
        var targets = new TargetFinder(resolver, policy);
        _time = time;
        _logger = logger;
        _http = new HttpProbe(targets, $"Beacon/{version}");
        _tcp = new TcpProbe(targets);
    }

    internal int OpenConnections => _http.OpenConnections;

    public async Task<CheckResult> ProbeAsync(ServiceInstance service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (!CheckUrl.TryParse(service.HealthCheck.Url, out var url, out var problem))
        {
            return new CheckResult(CheckOutcome.Error, _time.GetUtcNow(), Error: Cut($"the URL {problem}"));
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(service.HealthCheck.TimeoutSeconds), _time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var session = new ProbeSession(service, url, _time, over.Token);
        try
        {
            var verdict = url.Scheme == CheckScheme.Tcp
                ? await _tcp.AskAsync(session).ConfigureAwait(false)
                : await _http.AskAsync(session).ConfigureAwait(false);
            NoteRefusal(service, verdict);
            return Result(session, verdict);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            var seconds = service.HealthCheck.TimeoutSeconds.ToString(CultureInfo.InvariantCulture);
            var what = session.StatusCode is null ? "no answer" : "no complete answer";
            return Result(session, new Verdict(CheckOutcome.Timeout, $"{what} within {seconds} s"));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or System.Net.Sockets.SocketException or InvalidDataException)
        {
            return Result(session, Verdict.Failed(ProbeErrors.Describe(exception, session)));
        }
        finally
        {
            // A connection attempt may outlive the request it was made for.
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private CheckResult Result(ProbeSession session, Verdict verdict)
    {
        var isAnswer = verdict.Outcome is CheckOutcome.Healthy or CheckOutcome.Unhealthy;
        return new CheckResult(
            verdict.Outcome,
            _time.GetUtcNow(),
            isAnswer ? session.Elapsed : null,
            session.StatusCode,
            verdict.Error is { } error ? Cut(error) : null,
            session.CertificateExpiresAt);
    }

    private void NoteRefusal(ServiceInstance service, Verdict verdict)
    {
        if (!verdict.IsRefused)
        {
            _refusals.TryRemove(service.Id, out _);
            return;
        }

        HealthMetrics.Refused.Add(1);
        var reason = verdict.Error!;
        if (_refusals.TryGetValue(service.Id, out var told) && told == reason)
        {
            return;
        }

        if (_refusals.Count >= MostRefusals)
        {
            _refusals.Clear();
        }

        _refusals[service.Id] = reason;
        HealthLog.Refused(_logger, service.Name, service.Id, CheckUrl.Masked(service.HealthCheck.Url), reason);
    }

    private static string Cut(string text) =>
        text.Length <= ServiceLimits.MaxCheckError ? text : string.Concat(text.AsSpan(0, ServiceLimits.MaxCheckError - 1), "…");
}
