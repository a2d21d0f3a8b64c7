using System.Globalization;

namespace Beacon.LoadTests.Lab;

/// <summary>loadtests/BareKestrel, published: the ceiling that figures are read beside.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly Running _process;

    private BareServer(Running process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="log">What it says goes there.</param>
    public static async Task<BareServer> StartAsync(string binary, string log, IReadOnlyList<string> pinning)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{BeaconServer.FreePort()}");
        var process = Running.Start([.. pinning, binary, "--urls", address], log);
        var server = new BareServer(process, new Uri(address));
        using var probe = new HttpClient { BaseAddress = server.Address };
        await process.WaitForAsync(() => BeaconServer.Answers(probe, "/"), BeaconServer.StartLimit, "BareKestrel");
        return server;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
