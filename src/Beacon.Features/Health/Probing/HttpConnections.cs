using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Beacon.Features.Health.Probing;

/// <summary>
/// The connections of HTTP checks, kept open between them. Requests carry the address that was judged as their host, so a connection is
/// found again by that address, never by a name: whoever uses it would have been allowed to make it.
/// </summary>
/// <remarks>Checks that accept any certificate have connections of their own.</remarks>
internal sealed class HttpConnections : IDisposable
{
    private static readonly HttpRequestOptionsKey<ConnectOrder> OrderKey = new("beacon.connect");
    private readonly HttpMessageInvoker _strict;
    private readonly HttpMessageInvoker _insecure;
    private readonly OpenConnections _open = new();
    private readonly CertificateBook _certificates = new();

    public HttpConnections()
    {
        _strict = Make(acceptsAny: false);
        _insecure = Make(acceptsAny: true);
    }

    internal int Open => _open.Count;

    /// <param name="name">What the certificate must be for; null without TLS.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, ConnectOrder order, string? name)
    {
        request.Options.Set(OrderKey, order);

        // More connections than we want to keep: this one is not for the next check.
        request.Headers.ConnectionClose = _open.IsFull ? true : null;
        if (name is not null && _certificates.Find(order.EndPoint, name) is { } known)
        {
            order.Session.CertificateExpiresAt = known;
        }

        var invoker = order.Session.Request.Insecure ? _insecure : _strict;
        return await invoker.SendAsync(request, order.Session.Cancelled).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _strict.Dispose();
        _insecure.Dispose();
    }

    private HttpMessageInvoker Make(bool acceptsAny) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,

        // Not Brotli: its window, and with it the memory of each check, may be 16 MiB instead of 32 KiB.
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        MaxConnectionsPerServer = HealthLimits.PerHost,
        MaxResponseHeadersLength = ProbeLimits.HeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionIdleTimeout = ProbeLimits.IdleConnection,
        PooledConnectionLifetime = ProbeLimits.ConnectionLife,
        ConnectTimeout = ProbeLimits.Connect,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context, acceptsAny, cancellationToken),
    });

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, bool acceptsAny, CancellationToken cancellationToken)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(OrderKey, out var order))
        {
            throw new InvalidOperationException("A request of a check says where it may connect to.");
        }

        var socket = await Connector.ConnectAsync(order, cancellationToken).ConfigureAwait(false);
        var stream = new CountedStream(socket, _open);
        if (context.InitialRequestMessage.RequestUri!.Scheme != Uri.UriSchemeHttps)
        {
            return stream;
        }

        var tls = new SslStream(stream);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, order.Session.Cancelled);
            await tls.AuthenticateAsClientAsync(Options(context.InitialRequestMessage, order, acceptsAny), limit.Token).ConfigureAwait(false);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "health_check_insecure asks for it, for devices that sign their own certificate.")]
    private SslClientAuthenticationOptions Options(HttpRequestMessage request, ConnectOrder order, bool acceptsAny)
    {
        var name = HttpProbe.NameOf(request);
        return new SslClientAuthenticationOptions
        {
            TargetHost = name,
            ApplicationProtocols = [SslApplicationProtocol.Http11],

            // A certificate names addresses to fetch further ones from; to follow those would be a request nobody judged.
            CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                var shown = certificate as X509Certificate2;
                if (shown is not null)
                {
                    var expiresAt = new DateTimeOffset(shown.NotAfter.ToUniversalTime());
                    order.Session.CertificateExpiresAt = expiresAt;
                    _certificates.Note(order.EndPoint, name, expiresAt);
                }

                order.Session.CertificateProblem = acceptsAny ? null : CertificateJudge.Problem(errors, shown, order.Session.Now);
                return acceptsAny || errors == SslPolicyErrors.None;
            },
        };
    }
}
