using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Beacon.Aot.Cli.Client;

/// <summary>
/// The client's half of a WebSocket handshake (RFC 6455 §4.1). The framework's own client would add a tenth of a megabyte to the program for
/// options that nothing here has.
/// </summary>
internal static class LiveConnection
{
    private const int KeyBytes = 16;

    /// <summary>RFC 6455 §1.3.</summary>
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>One for the life of the program: a connection that was upgraded is the WebSocket's, and goes with it.</summary>
    private static readonly HttpMessageInvoker Invoker = new(
        new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = Limit });

    /// <param name="path">Below the address of the API.</param>
    /// <param name="pingEvery">A side that does not answer a ping before the next is due is gone.</param>
    /// <exception cref="CommandException">It cannot be reached, or answers something else.</exception>
    public static async Task<WebSocket> OpenAsync(Uri address, string path, TimeSpan pingEvery, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
            using var request = Request(new Uri(address, path), key);
            var response = await Invoker.SendAsync(request, limit.Token);
            if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
            {
                throw new ApiReply(response.StatusCode, await response.Content.ReadAsByteArrayAsync(limit.Token)).ToException();
            }

            if (!response.Headers.TryGetValues("Sec-WebSocket-Accept", out var accepted) || accepted.FirstOrDefault() != Answer(key))
            {
                throw new CommandException(ExitCode.Unavailable, $"{address} does not speak WebSocket; something stands between");
            }

            return WebSocket.CreateFromStream(
                await response.Content.ReadAsStreamAsync(limit.Token), new WebSocketCreationOptions { KeepAliveInterval = pingEvery, KeepAliveTimeout = pingEvery });
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new CommandException(ExitCode.Unavailable, $"{address}: {exception.InnerException?.Message ?? exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.Unavailable, $"{address}: it does not answer within {Limit.TotalSeconds:0} s");
        }
    }

    private static HttpRequestMessage Request(Uri uri, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri) { Version = HttpVersion.Version11 };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", key);
        return request;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Proves that the other side understood, not who it is; the protocol says SHA-1.")]
    private static string Answer(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
}
