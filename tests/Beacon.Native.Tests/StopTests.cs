using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

public class StopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Sigterm_ends_it_with_0_within_two_seconds()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        await beacon.Client.RegisterAsync("lamp", TestContext.Current.CancellationToken);

        var (code, took) = await beacon.TerminateAsync();

        Assert.Equal(0, code);
        Assert.True(took < Limit, $"took {took.TotalSeconds} s");
    }

    [Fact]
    public async Task A_connected_client_does_not_hold_up_the_end()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        using var live = await LiveClient.ConnectAsync(beacon.Port, TestContext.Current.CancellationToken);

        var (code, took) = await beacon.TerminateAsync();

        Assert.Equal(0, code);
        Assert.True(took < Limit, $"took {took.TotalSeconds} s");
    }
}
