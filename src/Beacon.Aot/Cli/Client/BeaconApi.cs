using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Beacon.Aot.Api;

namespace Beacon.Aot.Cli.Client;

/// <summary>Requests to one Beacon.</summary>
/// <remarks>Any thread. Proxies of the environment are not used: a registry is on this network, and a proxy seldom is.</remarks>
internal sealed class BeaconApi : IDisposable
{
    private const string Lines = JsonLines.ContentType;

    /// <summary>Registrations wait for the disk, up to two seconds, and a Raspberry Pi may be busy.</summary>
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(15);

    /// <summary>A page of the largest list is below one megabyte; a server that sends more than this is none of ours.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly HttpClient _client;

    /// <param name="limit">For one request, its answer included; null: the usual time.</param>
    public BeaconApi(Uri address, TimeSpan? limit = null)
    {
        Address = address;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = limit ?? UsualLimit,
            MaxResponseContentBufferSize = MostBytes,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("beacon", BeaconVersion.Short));
    }

    /// <summary>Of the API, with the prefix, ending with a slash.</summary>
    public Uri Address { get; }

    public static async Task<BeaconApi> OpenAsync(CommandContext context) => new(await BeaconFinder.FindAsync(context));

    /// <exception cref="CommandException">It cannot be reached; every answer is returned, whatever its status.</exception>
    public async Task<ApiReply> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = Request(method, path, body);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            return new ApiReply(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (Exception exception) when (IsUnreachable(exception, cancellationToken))
        {
            throw Unreachable(exception);
        }
    }

    /// <summary>An answer of any length, line by line as it comes.</summary>
    /// <exception cref="CommandException">It cannot be reached, refuses, or breaks off.</exception>
    public async IAsyncEnumerable<string> ReadLinesAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path, null);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Lines));
        HttpResponseMessage response;
        try
        {
            response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception exception) when (IsUnreachable(exception, cancellationToken))
        {
            throw Unreachable(exception);
        }

        using (response)
        {
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new ApiReply(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken)).ToException();
            }

            if (response.Content.Headers.ContentType?.MediaType != Lines)
            {
                throw new CommandException(ExitCode.Unavailable, $"{Address} does not send lists as lines; it is of another version, or no Beacon");
            }

            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await ReadLineAsync(reader, cancellationToken) is { } line)
            {
                yield return line;
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception exception) when (IsUnreachable(exception, cancellationToken))
        {
            throw new CommandException(ExitCode.Unavailable, $"{Address} broke off in the middle of the list");
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, byte[]? body)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return request;
    }

    private static bool IsUnreachable(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested);

    private CommandException Unreachable(Exception exception)
    {
        var why = exception is TaskCanceledException
            ? $"it does not answer within {_client.Timeout.TotalSeconds:0} s"
            : exception.InnerException is SocketException socket ? socket.Message : exception.Message;
        return new CommandException(ExitCode.Unavailable, $"{Address}: {why}");
    }
}
