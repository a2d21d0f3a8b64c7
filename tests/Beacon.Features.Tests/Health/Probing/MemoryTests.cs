using Beacon.Features.Tests.Health.Kit;

namespace Beacon.Features.Tests.Health.Probing;

/// <summary>Alone: the heap that is measured is that of the whole process, other tests' included.</summary>
[Collection(Alone)]
public sealed class MemoryTests : IDisposable
{
    private const string Alone = "Memory, measured alone";
    private readonly ProbeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Thousands_of_checks_good_and_bad_leave_nothing_behind()
    {
        await using var well = RawServer.Saying(RawServer.Ok("fine"));
        await using var closing = new RawServer(async (_, stream) =>
        {
            await RawServer.WriteAsync(stream, RawServer.Ok("fine"));
            stream.Close();
        });
        int gone;
        await using (var server = RawServer.Saying(""))
        {
            gone = server.Port;
        }

        await RoundAsync(200);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RoundAsync(2000);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        // 2,000 checks of each kind; what the test's own servers note of requests is below 400 bytes each.
        Assert.True(grown < 2_500_000, $"{grown} bytes");
        async Task RoundAsync(int checks)
        {
            for (var i = 0; i < checks; i++)
            {
                await _rig.CheckAsync(well);
                await _rig.CheckAsync(closing);
                await _rig.CheckAsync($"http://127.0.0.1:{gone}/");
            }
        }
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class Whole;
}
