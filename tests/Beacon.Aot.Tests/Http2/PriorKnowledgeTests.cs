using System.Net;
using System.Net.Sockets;
using Beacon.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Beacon.Aot.Tests.Http2;

public sealed class PriorKnowledgeTests
{
    private static readonly KestrelServerLimits Limits = new();
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ForTheServerToRead = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task One_port_speaks_both_protocols_and_knows_whom_it_speaks_to()
    {
        await using var server = await Http2Server.StartAsync();
        var port = 0;
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        using var client = new HttpClient(handler);

        var second = await server.GetAsync(client, HttpVersion.Version20, "/a");
        Assert.Equal($"HTTP/2 GET {server.Address}a  from 127.0.0.1:{port} at {server.Address.Port}", second);
        var first = await server.GetAsync(client, HttpVersion.Version11, "/a");
        Assert.Equal($"HTTP/1.1 GET {server.Address}a  from 127.0.0.1:{port} at {server.Address.Port}", first);
        Assert.Empty(server.Complaints.Lines);

        async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, cancellationToken);
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            return new NetworkStream(socket, ownsSocket: true);
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("PROPFIND")]
    [InlineData("PRINT")]
    [InlineData("PRI")]
    public async Task A_request_of_http1_is_read_however_slowly_it_comes(string method)
    {
        await using var server = await Http2Server.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);

        await client.SendSlowlyAsync($"{method} /x HTTP/1.1\r\nHost: b\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");

        var answer = await client.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"HTTP/1.1 {method} http://b/x hi from", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preface_may_come_byte_by_byte()
    {
        await using var server = await Http2Server.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);

        await client.SendSlowlyAsync(RawClient.Preface);
        await client.SendSettingsAsync();

        await client.ReadFrameAsync(RawClient.Settings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(23)]
    public async Task A_preface_may_be_split_over_packets(int first)
    {
        await using var server = await Http2Server.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);

        await client.SendInTwoAsync(RawClient.Preface, first);

        // The server's part of the preface needs nothing more from the client.
        await client.ReadFrameAsync(RawClient.Settings);
    }

    [Theory]
    [InlineData("PRI * HTTP/1.1\r\nHost: b\r\n\r\n")]
    [InlineData("PRX\0\r\n\r\n")]
    [InlineData("\0\0\0\r\n\r\n")]
    public async Task What_is_no_preface_gets_the_refusal_of_http1(string text)
    {
        await using var server = await Http2Server.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);

        await client.SendAsync(text);

        Assert.Matches("^HTTP/1\\.1 (400|405|505) ", await client.ReadToEndAsync());
        Assert.Empty(server.Complaints.Lines);
    }

    [Theory]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\rx\r\n")]
    [InlineData("PRI * HTTP/2.0\r\nHost: b\r\n\r\n")]
    public async Task Who_says_http2_and_goes_on_otherwise_is_sent_away(string text)
    {
        await using var server = await Http2Server.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);

        await client.SendAsync(text);

        await client.ReadFrameAsync(RawClient.GoAway);
        Assert.Equal("", await client.ReadToEndAsync());
        Assert.Empty(server.Complaints.Lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PRI * HTTP/2.0\r\n\r\n")]
    public async Task A_client_that_breaks_off_is_let_go_without_a_word(string text)
    {
        await using var server = await Http2Server.StartAsync();
        using var leaving = await RawClient.ConnectAsync(server.Address);
        using var resetting = await RawClient.ConnectAsync(server.Address);

        await leaving.SendAsync(text);
        await resetting.SendInTwoAsync(text, text.Length);
        leaving.FinishSending();
        resetting.Reset();

        Assert.NotNull(await leaving.ReadToEndAsync());
        await server.StopAsync();
        Assert.Empty(server.Complaints.Lines);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("P", false)]
    [InlineData("PRI * HTTP/2.0\r\n", false)]
    public async Task Silence_has_the_limits_it_has_in_the_protocols(string text, bool isIdle)
    {
        var clock = new TestClock();
        await using var server = await Http2Server.StartAsync(clock);
        using var client = await RawClient.ConnectAsync(server.Address);
        await server.Connected.WaitAsync(TestContext.Current.CancellationToken);
        await client.SendAsync(text);
        var limit = isIdle ? Limits.KeepAliveTimeout : Limits.RequestHeadersTimeout;

        var ended = await client.ReadToEndAsync(ForTheServerToRead);
        while (ended is null && clock.Elapsed < limit * 2)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            ended = await client.ReadToEndAsync(AMoment);
        }

        Assert.Equal("", ended);
        Assert.InRange(clock.Elapsed, limit, limit * 2);
        Assert.Empty(server.Complaints.Lines);
    }

    [Fact]
    public async Task Connections_of_both_protocols_share_one_limit()
    {
        await using var server = await Http2Server.StartAsync(configure: kestrel => kestrel.Limits.MaxConcurrentConnections = 2);
        using var one = await RawClient.ConnectAsync(server.Address);
        using var two = await RawClient.ConnectAsync(server.Address);
        await one.SendAsync(RawClient.Preface);
        await one.ReadFrameAsync(RawClient.Settings);
        await two.SendAsync(RawClient.Preface);
        await two.ReadFrameAsync(RawClient.Settings);

        using var three = await RawClient.ConnectAsync(server.Address);

        Assert.Equal("", await three.ReadToEndAsync());
    }

    [Fact]
    public async Task Many_connections_of_both_protocols_are_answered_at_once()
    {
        await using var server = await Http2Server.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            using var client = new HttpClient();
            return await server.GetAsync(client, number % 2 == 0 ? HttpVersion.Version20 : HttpVersion.Version11);
        }));

        Assert.Equal(100, answers.Count(answer => answer.StartsWith("HTTP/2 ", StringComparison.Ordinal)));
        Assert.Equal(100, answers.Count(answer => answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)));
        Assert.Empty(server.Complaints.Lines);
    }

    [Fact]
    public async Task A_stop_says_goodbye_and_waits_for_nobody_who_is_idle()
    {
        await using var server = await Http2Server.StartAsync();
        using var silent = await RawClient.ConnectAsync(server.Address);
        using var begun = await RawClient.ConnectAsync(server.Address);
        using var idle = await RawClient.ConnectAsync(server.Address);
        await begun.SendAsync("PRI");
        await idle.SendAsync(RawClient.Preface);
        await idle.SendSettingsAsync();
        await idle.ReadFrameAsync(RawClient.Settings);

        var stopping = server.StopAsync();

        await idle.ReadFrameAsync(RawClient.GoAway);
        Assert.Equal("", await silent.ReadToEndAsync());
        Assert.Equal("", await begun.ReadToEndAsync());
        await stopping.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Empty(server.Complaints.Lines);
    }

    [Fact]
    public async Task A_request_that_hangs_is_ended_with_the_time_to_stop()
    {
        await using var server = await Http2Server.StartAsync();
        using var client = new HttpClient();
        var asking = server.GetAsync(client, HttpVersion.Version20, "/wait");
        await server.Waits.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await server.StopWithinAsync(TimeSpan.FromMilliseconds(200)).WaitAsync(Patience, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<HttpRequestException>(() => asking);
    }
}
