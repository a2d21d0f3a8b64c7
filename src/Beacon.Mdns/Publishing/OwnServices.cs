namespace Beacon.Mdns.Publishing;

/// <summary>What Beacon announces of itself, so that devices find it without being told an address.</summary>
internal static class OwnServices
{
    /// <summary>Documented name for clients of Beacon.</summary>
    private const string BeaconType = "_beacon._tcp";

    /// <summary>For browsers and for devices that take any web server whose host name says beacon.</summary>
    private const string WebType = "_http._tcp";

    public static void Publish(ServicePublisher publisher, MdnsOptions options, long now)
    {
        var txt = new TxtBuilder();
        txt.Add("path", "/");
        txt.Add("api", options.ApiPath);
        txt.Add("version", options.Version);
        var rdata = txt.ToRdata();
        publisher.PublishOwn(options.InstanceName, BeaconType, options.HttpPort, rdata, now);
        publisher.PublishOwn(options.InstanceName, WebType, options.HttpPort, rdata, now);
    }
}
