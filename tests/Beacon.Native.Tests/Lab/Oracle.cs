using System.Diagnostics;

namespace Beacon.Native.Tests.Lab;

/// <summary>Somebody else's program that looks for the services of one type on one host, and publishes rivals of ours.</summary>
internal abstract class Oracle(LabHost host, string type) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    protected LabHost Host { get; } = host;

    protected string Type { get; } = type;

    /// <param name="ipv4">False for one that speaks IPv6 only.</param>
    public static async Task<Oracle> StartAsync(OracleKind kind, LabHost host, string type, bool ipv4 = true)
    {
        switch (kind)
        {
            case OracleKind.Avahi:
                return await AvahiOracle.StartAsync(host, type, ipv4);
            case OracleKind.Zeroconf:
                return await ScriptOracle.StartAsync(host, type, ipv4, "follow.py");
            default:
                Assert.SkipWhen(NodeOracles.Modules is null, NodeOracles.Refusal);
                return await ScriptOracle.StartAsync(host, type, ipv4, "follow.cjs");
        }
    }

    /// <summary>Waits until it sees the service as wanted.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> UntilSeenAsync(string instance, Func<Sighting, bool> wanted)
    {
        var started = Stopwatch.GetTimestamp();
        Sighting? seen;
        while ((seen = await LookAsync(instance)) is null || !wanted(seen))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"{GetType().Name} sees {Describe(seen)}\n{Output}");
            await Task.Delay(PollEvery);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Waits until it no longer sees the service.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> UntilGoneAsync(string instance)
    {
        var started = Stopwatch.GetTimestamp();
        while (await LookAsync(instance) is not null)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"{GetType().Name} still sees {instance}\n{Output}");
            await Task.Delay(PollEvery);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    public abstract void Dispose();

    /// <summary>The service as the oracle knows it now; null when it knows none of that name, or cannot resolve it.</summary>
    protected abstract Task<Sighting?> LookAsync(string instance);

    protected abstract string Output { get; }

    private static string Describe(Sighting? seen) => seen is null
        ? "nothing"
        : $"{seen.Instance} at {string.Join(' ', seen.Addresses)} port {seen.Port} {string.Join(' ', seen.Txt.Select(x => $"{x.Key}={x.Value}"))}";
}
