using System.Runtime.InteropServices;
using Beacon.Client;

// Until SIGTERM; what comes after the await takes the service away.
var ended = new TaskCompletionSource();
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    ended.TrySetResult();
});

using var http = new HttpClient();
var beacon = new BeaconClient(http);
await using var registration = await beacon.KeepRegisteredAsync(new ServiceRegistration("first .NET service", 8000) { Type = "http", Ttl = 60 });

foreach (var service in await beacon.DiscoverAsync(new ServiceFilter { Type = "http" }))
{
    Console.WriteLine($"{service.Name} http://{service.Host}:{service.Port}");
}

await ended.Task;
