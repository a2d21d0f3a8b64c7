using System.Net.Sockets;
using System.Security.Authentication;

namespace Beacon.Features.Health.Probing;

/// <summary>Exceptions of sockets and HTTP as sentences about the target.</summary>
internal static class ProbeErrors
{
    public static string Describe(Exception exception, ProbeSession session)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case SocketException socket:
                    return Describe(socket.SocketErrorCode);
                case AuthenticationException:
                    return session.CertificateProblem ?? "no TLS connection comes about: does the port speak https?";
                case InvalidDataException:
                    return "the answer is packed in a way that cannot be unpacked";
                case HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request when Describe(request.HttpRequestError) is { } text:
                    return text;
                case HttpIOException io when Describe(io.HttpRequestError) is { } text:
                    return text;
            }
        }

        return "closed the connection before the answer was complete";
    }

    private static string? Describe(HttpRequestError error) => error switch
    {
        HttpRequestError.InvalidResponse => "does not answer in HTTP",
        HttpRequestError.ResponseEnded => "closed the connection before the answer was complete",
        HttpRequestError.ConfigurationLimitExceeded => "the headers of the answer are too long",
        _ => null,
    };

    private static string Describe(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "refused the connection",
        SocketError.HostNotFound or SocketError.NoData => "the name does not resolve",
        SocketError.TryAgain => "the name server does not answer",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => "cannot be reached",
        SocketError.TimedOut => "no answer to the attempt to connect",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "closed the connection",
        SocketError.TooManyOpenSockets => "Beacon has too many files open",
        _ => $"no connection: {error}",
    };
}
