using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Beacon.Features.Health.Targets;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Health.Probing;

/// <summary>Asks over HTTP/1.1 and judges the answer. Redirects are followed by hand, because each hop is judged like the first address.</summary>
internal sealed class HttpProbe(TargetFinder targets, string userAgent) : IDisposable
{
    private readonly HttpConnections _connections = new();

    internal int OpenConnections => _connections.Open;

    public async Task<Verdict> AskAsync(ProbeSession session)
    {
        var url = session.Url;
        for (var hop = 0; ; hop++)
        {
            var target = await targets.FindAsync(session.Service, url, session.Cancelled).ConfigureAwait(false);
            if (target.Problem is { } problem)
            {
                return Verdict.Failed(hop == 0 ? problem : $"is redirected to {Origin(url)}: {problem}", target.IsRefused);
            }

            session.Begin();
            using var response = await SendAsync(session, url, target).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            session.StatusCode = status;

            // A status that is expected is the answer, be it a redirect.
            if (StatusRanges.Contains(session.Request.ExpectedStatus, status))
            {
                return await JudgeBodyAsync(session, response).ConfigureAwait(false);
            }

            if (response.Headers.Location is not { } location || !IsRedirect(status))
            {
                // Whatever the body says, and however long it takes.
                return Verdict.Unhealthy($"answered {status.ToString(CultureInfo.InvariantCulture)}, expected {session.Request.ExpectedStatus}");
            }

            if (hop == ProbeLimits.Redirects)
            {
                return Verdict.Unhealthy($"redirects more than {ProbeLimits.Redirects} times");
            }

            if (!url.TryFollow(location, out var next, out var wrong))
            {
                return Verdict.Unhealthy($"redirects to a URL that {wrong}");
            }

            if (next.Scheme == CheckScheme.Tcp || (url.IsSecure && !next.IsSecure))
            {
                return Verdict.Unhealthy($"redirects from {url.Uri.Scheme} to {next.Uri.Scheme}, which is not followed");
            }

            await BodyReader.SkipAsync(response.Content, session.Cancelled).ConfigureAwait(false);
            url = next;
        }
    }

    public void Dispose() => _connections.Dispose();

    /// <summary>The name that a request is for, whatever address it goes to.</summary>
    internal static string NameOf(HttpRequestMessage request)
    {
        var host = request.Headers.Host!;
        var end = host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) : host.IndexOf(':', StringComparison.Ordinal);
        return host.StartsWith('[') ? host[1..end] : end < 0 ? host : host[..end];
    }

    private async Task<HttpResponseMessage> SendAsync(ProbeSession session, CheckUrl url, CheckTarget target)
    {
        for (var at = 0; ; at++)
        {
            var order = new ConnectOrder(new IPEndPoint(target.Addresses[at], url.Port), target.Addresses.Count - at, session);
            using var request = Request(session, url, target.Addresses[at]);
            try
            {
                return await _connections.SendAsync(request, order, url.IsSecure ? NameOf(request) : null).ConfigureAwait(false);
            }
            catch (HttpRequestException exception) when (exception.InnerException is SocketException && at + 1 < target.Addresses.Count)
            {
                // No connection: the next address.
            }
        }
    }

    private HttpRequestMessage Request(ProbeSession session, CheckUrl url, IPAddress address)
    {
        var isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var plain = isIPv6 ? new IPAddress(address.GetAddressBytes()) : address;
        var where = string.Create(
            CultureInfo.InvariantCulture,
            $"{url.Uri.Scheme}://{(isIPv6 ? $"[{plain}]" : plain.ToString())}:{url.Port}{url.Uri.PathAndQuery}");
        var request = new HttpRequestMessage(
            session.Request.Method == CheckMethod.Head ? HttpMethod.Head : HttpMethod.Get, new Uri(where, UriKind.Absolute))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        if (url.HasOriginOf(session.Url))
        {
            CheckHeaders.Apply(session.Request.Headers, request.Headers);
        }

        request.Headers.Host = Authority(url);
        return request;
    }

    private static async Task<Verdict> JudgeBodyAsync(ProbeSession session, HttpResponseMessage response)
    {
        var request = session.Request;
        if (request.ExpectedText is null && request.ExpectedJson.Count == 0)
        {
            await BodyReader.SkipAsync(response.Content, session.Cancelled).ConfigureAwait(false);
            return Verdict.Passed;
        }

        using var body = await BodyReader.ReadAsync(response.Content, session.Cancelled).ConfigureAwait(false);
        return BodyJudge.Judge(request, body) is { } problem ? Verdict.Unhealthy(problem) : Verdict.Passed;
    }

    private static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;

    private static string Origin(CheckUrl url) => $"{url.Uri.Scheme}://{Authority(url)}";

    private static string Authority(CheckUrl url)
    {
        var host = url.Host.Contains(':', StringComparison.Ordinal) ? $"[{url.Host}]" : url.Host;
        return url.Uri.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{url.Port}");
    }
}
