using System.IO.Compression;
using System.Text;
using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Probing;

public sealed class BodyTests : IDisposable
{
    private readonly ProbeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("all is well", "is well", null)]
    [InlineData("all is well", "Is well", "\"Is well\" is not in the answer")]
    [InlineData("Grüße", "Grüße", null)]
    public async Task An_expected_text_must_occur(string body, string text, string? error)
    {
        await using var server = RawServer.Saying(RawServer.Ok(body));
        var result = await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedText = text });
        Assert.Equal(error, result.Error);
        Assert.Equal(error is null ? CheckOutcome.Healthy : CheckOutcome.Unhealthy, result.Outcome);
    }

    [Fact]
    public async Task A_text_in_an_older_encoding_is_found()
    {
        await using var server = new RawServer(async (_, stream) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\nContent-Length: 5\r\n\r\n");
            await stream.WriteAsync(Encoding.Latin1.GetBytes("Grüße"));
        });
        Assert.Null((await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedText = "Grüße" })).Error);
    }

    [Theory]
    [InlineData("status", "up", null)]
    [InlineData("$.status", "up", null)]
    [InlineData("status", "down", "status is \"up\", expected \"down\"")]
    [InlineData("checks[1].ok", "true", null)]
    [InlineData("checks[1].ok", "True", "checks[1].ok is \"true\", expected \"True\"")]
    [InlineData("checks[0].load", "0.5", null)]
    [InlineData("checks[0].load", "0.50", null)]
    [InlineData("checks[0].none", "null", null)]
    [InlineData("checks[2].ok", "true", "the answer has no checks[2].ok")]
    [InlineData("missing.deep", "x", "the answer has no missing.deep")]
    [InlineData("checks", "x", "checks is not a single value")]
    [InlineData("status.deeper", "x", "the answer has no status.deeper")]
    public async Task An_expected_value_is_looked_up_by_its_path(string path, string value, string? error)
    {
        const string Body = """{"status": "up", "checks": [{"load": 0.5, "none": null}, {"ok": true}]}""";
        await using var server = RawServer.Saying(RawServer.Ok(Body));
        Assert.Equal(error, (await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedJson = [new(path, value)] })).Error);
    }

    [Theory]
    [InlineData("<html>", "the answer is not JSON")]
    [InlineData("", "the answer is not JSON")]
    [InlineData("\uFEFF{\"a\": \"b\"}", null)]
    [InlineData("{\"a\": \"\\ud800\"}", "the answer holds text that is not Unicode")]
    public async Task What_should_be_JSON_and_is_not_says_so(string body, string? error)
    {
        await using var server = RawServer.Saying(RawServer.Ok(body));
        Assert.Equal(error, (await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedJson = [new("a", "b")] })).Error);
    }

    [Fact]
    public async Task JSON_nested_beyond_sense_is_an_error_and_no_crash()
    {
        await using var server = RawServer.Saying(RawServer.Ok(new string('[', 60_000)));
        Assert.Equal("the answer is not JSON", (await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedJson = [new("a", "b")] })).Error);
    }

    [Fact]
    public async Task What_comes_behind_64_KiB_is_not_looked_at()
    {
        await using var server = RawServer.Saying(RawServer.Ok(new string('x', 65_536) + "needle"));
        Assert.Equal(
            "\"needle\" is not in the first 64 KiB of the answer", (await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedText = "needle" })).Error);
        Assert.Equal(
            "the answer is longer than 64 KiB: its values are not looked at",
            (await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedJson = [new("a", "b")] })).Error);
    }

    [Fact]
    public async Task A_text_at_the_very_end_of_64_KiB_is_found()
    {
        await using var server = RawServer.Saying(RawServer.Ok(new string('x', 65_530) + "needle"));
        Assert.Null((await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedText = "needle" })).Error);
    }

    [Fact]
    public async Task An_endless_body_is_cut()
    {
        var sent = 0L;
        await using var server = new RawServer(async (_, stream) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\n\r\n");
            while (true)
            {
                await RawServer.WriteAsync(stream, new string('x', 4096));
                sent += 4096;
            }
        });
        var result = await _rig.CheckAsync(server);
        Assert.True(result.Passed, result.Error);

        // What was on its way in the sockets' buffers comes on top.
        Assert.InRange(Volatile.Read(ref sent), 0, 16 * 1024 * 1024);
    }

    [Fact]
    public async Task A_packed_answer_is_unpacked()
    {
        await using var server = new RawServer((_, stream) => WritePackedAsync(stream, "all is well"));
        Assert.Null((await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedText = "all is well" })).Error);
        Assert.Contains("Accept-Encoding: gzip, deflate\r\n", server.Requests.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_is_unpacked_no_further_than_64_KiB()
    {
        await using var server = new RawServer((_, stream) => WritePackedAsync(stream, new string('0', 200_000_000)));
        var result = await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedText = "needle" }, timeout: 20);
        Assert.Equal("\"needle\" is not in the first 64 KiB of the answer", result.Error);
    }

    private static async Task WritePackedAsync(Stream stream, string text)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = Encoding.ASCII.GetBytes(text.Length > 100_000 ? text[..100_000] : text);
            for (var left = text.Length; left > 0; left -= block.Length)
            {
                await gzip.WriteAsync(block);
            }
        }

        await RawServer.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
        await stream.WriteAsync(packed.ToArray());
    }
}
