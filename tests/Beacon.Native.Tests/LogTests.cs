using System.Text.Json;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

public class LogTests
{
    private static readonly string[] Head = ["timestamp", "level", "logger", "message"];
    private const int Heartbeats = 20;

    [Fact]
    public async Task Each_line_is_a_JSON_object_that_begins_with_when_how_grave_who_and_what()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        await beacon.Client.RegisterAsync("lamp", TestContext.Current.CancellationToken);
        await beacon.TerminateAsync();

        Assert.NotEmpty(beacon.Output);
        Assert.All(beacon.Output, line =>
        {
            using var entry = JsonDocument.Parse(line);
            Assert.Equal(Head, entry.RootElement.EnumerateObject().Take(Head.Length).Select(member => member.Name));
        });
        Assert.Contains(beacon.Output, line => line.Contains("\"event_id\":9000", StringComparison.Ordinal));
        Assert.Contains(beacon.Output, line => line.Contains("\"event_id\":9002", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_heartbeat_is_no_news()
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        var id = await beacon.Client.RegisterAsync("lamp", token);
        for (var i = 0; i < Heartbeats; i++)
        {
            using var answer = await beacon.Client.PutAsync($"{Api.Services}/{id}/heartbeat", null, token);
            answer.EnsureSuccessStatusCode();
        }

        await beacon.TerminateAsync();

        Assert.True(beacon.Output.Count < Heartbeats, string.Join('\n', beacon.Output));
    }

    [Fact]
    public async Task The_text_form_is_for_people()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path, "--log-format", "text");
        await beacon.TerminateAsync();

        Assert.All(beacon.Output, line => Assert.False(line.StartsWith('{'), line));
    }
}
