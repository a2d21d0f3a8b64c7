using System.Collections.Concurrent;
using System.Globalization;
using Beacon.Native.Tests.Support;
using Beacon.Testing;

namespace Beacon.Native.Tests;

/// <summary>What was acknowledged is kept, whenever the process dies. BEACON_KILL_ROUNDS sets how often this is tried.</summary>
public class KillTests(ITestOutputHelper output)
{
    private const int Registrations = 2000;
    private const int Clients = 8;
    private const int DefaultRounds = 2;

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("BEACON_KILL_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : DefaultRounds;

    [Fact]
    public async Task Every_acknowledged_registration_survives_kill_9_and_none_twice()
    {
        var random = new Random(Seeds.Next(output.WriteLine));
        for (var round = 0; round < Rounds; round++)
        {
            // Drawn as a count, not as a time: a slow and a fast machine both die in the middle.
            await OneRoundAsync(dieAfter: random.Next(1, Registrations - Clients), round, TestContext.Current.CancellationToken);
        }
    }

    private async Task OneRoundAsync(int dieAfter, int round, CancellationToken token)
    {
        using var data = new TemporaryDirectory();
        var acknowledged = new ConcurrentBag<string>();
        await using (var beacon = await BeaconProcess.StartAsync(data.Path))
        {
            var next = 0;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(RegisterUntilItDiesAsync, token)).ToArray();
            await reached.Task.WaitAsync(token);
            await beacon.KillAsync();
            await Task.WhenAll(clients);

            async Task RegisterUntilItDiesAsync()
            {
                try
                {
                    for (int i; (i = Interlocked.Increment(ref next)) <= Registrations;)
                    {
                        acknowledged.Add(await beacon.Client.RegisterAsync($"service-{i}", token));
                        if (acknowledged.Count >= dieAfter)
                        {
                            reached.TrySetResult();
                        }
                    }
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException)
                {
                    // It died under this request, which therefore promised nothing.
                }
                catch (Exception exception)
                {
                    reached.TrySetException(exception);
                }
                finally
                {
                    // Nobody may wait for a count that a process which died by itself will never reach.
                    reached.TrySetResult();
                }
            }
        }

        await using var again = await BeaconProcess.StartAsync(data.Path);
        var services = await again.Client.AllServicesAsync(token);
        var kept = services.Select(x => x.Id).ToList();
        output.WriteLine($"round {round}: killed after {dieAfter}, {acknowledged.Count} acknowledged, {kept.Count} kept");
        Assert.InRange(acknowledged.Count, dieAfter, Registrations);
        Assert.Equal(services.Count, services.Select(x => x.Name).Distinct().Count());
        Assert.Equal(kept.Count, kept.Distinct().Count());
        Assert.Empty(acknowledged.Except(kept));
        Assert.InRange(kept.Count, acknowledged.Count, acknowledged.Count + Clients);
    }
}
