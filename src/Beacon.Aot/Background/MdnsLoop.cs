using Beacon.Mdns;

namespace Beacon.Aot.Background;

/// <summary>Announces services. Goodbyes go out the moment the program is asked to stop, while requests in flight still end.</summary>
internal sealed class MdnsLoop(MdnsResponder responder, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<MdnsLoop> logger)
    : Loop(lifetime, failure, logger)
{
    protected override string Name => "mDNS";

    protected override Task RunAsync(CancellationToken stoppingToken) => responder.RunAsync(Lifetime.ApplicationStopping);
}
