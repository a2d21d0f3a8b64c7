using Beacon.LoadTests.Mdns;

namespace Beacon.LoadTests.Lab;

/// <summary>The published Beacon binary, its limit of answers off as avahi's is, with a data directory that outlives it, so that it can be started again with the same services.</summary>
internal sealed class BeaconResponder : IResponder
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly Running _process;

    private BeaconResponder(Running process) => _process = process;

    public string Name => "Beacon";

    public int ProcessId => _process.Id;

    public string HostName => "beacon.local";

    public static async Task<BeaconResponder> StartAsync(TwoHosts hosts, string binary, string dataDirectory)
    {
        var log = Path.Combine(hosts.Directory, "beacon.log");
        File.Delete(log);
        var process = Running.Start(
            hosts.OnServer(binary, "serve", "--port", $"{MdnsDriver.HttpPort}", "--data-dir", dataDirectory, "--log-format", "json", "--mdns-answer-limit", "0"), log);
        await process.WaitForAsync(() => process.Log.Contains("\"event_id\":9000", StringComparison.Ordinal), StartLimit, "Beacon");
        return new BeaconResponder(process);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
