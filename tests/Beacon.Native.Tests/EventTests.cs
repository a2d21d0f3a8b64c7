using System.Text.Json;
using Beacon.Native.Tests.Support;
using Beacon.Testing.Mongo;

namespace Beacon.Native.Tests;

/// <summary>The event log over the ends a process can have.</summary>
public class EventTests
{
    private const string Events = "/api/v1/events?limit=500";

    /// <summary>Longer than entries wait to be written.</summary>
    private static readonly TimeSpan Written = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_kill_9_at_most_the_last_seconds_are_missing_and_no_id_comes_twice()
    {
        using var data = new TemporaryDirectory();
        await using (var beacon = await BeaconProcess.StartAsync(data.Path))
        {
            await beacon.Client.RegisterAsync("early", Token);
            await Task.Delay(Written, Token);
            await beacon.Client.RegisterAsync("late", Token);
            await beacon.KillAsync();
        }

        await using var again = await BeaconProcess.StartAsync(data.Path);
        await again.Client.RegisterAsync("after", Token);
        var told = await ReadAsync(again);

        Assert.Equal(["beacon_started ", "service_registered early"], told.Take(2).Select(x => x.Text));
        Assert.Equal(["beacon_started ", "service_registered after"], told.TakeLast(2).Select(x => x.Text));
        Assert.Equal(told.Select(x => x.Id).Order().Distinct(), told.Select(x => x.Id));
    }

    [Fact]
    public async Task After_SIGTERM_nothing_is_missing()
    {
        const int Count = 300;
        using var data = new TemporaryDirectory();
        await using (var beacon = await BeaconProcess.StartAsync(data.Path))
        {
            for (var i = 0; i < Count; i++)
            {
                await beacon.Client.RegisterAsync($"service-{i}", Token);
            }

            Assert.Equal(0, (await beacon.TerminateAsync()).ExitCode);
        }

        await using var again = await BeaconProcess.StartAsync(data.Path);

        Assert.Equal(
            ["beacon_started ", .. Enumerable.Range(0, Count).Select(x => $"service_registered service-{x}"), "beacon_stopped ", "beacon_started "],
            (await ReadAsync(again)).Select(x => x.Text));
    }

    [Fact]
    public async Task With_a_database_the_log_is_in_its_audit_collection_too()
    {
        using var server = new MongoTestServer(new MongoTestServerOptions { ReplicaSet = "rs0" });
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path, "--mongodb-url", server.Url());
        var id = await beacon.Client.RegisterAsync("nas", Token);

        var deadline = TimeProvider.System.GetTimestamp();
        while (server.Documents("beacon.audit").Count < 2 && TimeProvider.System.GetElapsedTime(deadline) < Patience)
        {
            await Task.Delay(100, Token);
        }

        var registered = Assert.Single(server.Documents("beacon.audit"), x => x["action"] == "service_registered");
        Assert.Equal((id, "nas", "127.0.0.1"), (registered["service_id"].AsString, registered["service_name"].AsString, registered["source"].AsString));
        Assert.True(registered["timestamp"].IsValidDateTime);
    }

    /// <summary>The oldest first.</summary>
    private static async Task<List<(long Id, string Text)>> ReadAsync(BeaconProcess beacon)
    {
        using var page = JsonDocument.Parse(await beacon.Client.GetStringAsync(Events, Token));
        return
        [
            .. page.RootElement.GetProperty("events").EnumerateArray().Reverse().Select(x =>
                (x.GetProperty("id").GetInt64(), $"{x.GetProperty("kind").GetString()} {x.GetProperty("service_name").GetString()}")),
        ];
    }
}
