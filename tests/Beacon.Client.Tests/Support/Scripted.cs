using System.Net;

namespace Beacon.Client.Tests.Support;

/// <summary>A network that answers every request the same way, and counts.</summary>
internal sealed class Scripted(Func<HttpResponseMessage> answer) : HttpMessageHandler
{
    public int Requests { get; private set; }

    public static Scripted Unreachable() => new(() => throw new HttpRequestException("Connection refused"));

    public static Scripted Answering(HttpStatusCode status, string body) => new(() => new HttpResponseMessage(status) { Content = new StringContent(body) });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        return Task.FromResult(answer());
    }
}
