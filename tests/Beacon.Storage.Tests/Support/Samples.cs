using System.Globalization;
using System.Net;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;

namespace Beacon.Storage.Tests.Support;

/// <summary>Services to store, and a text form of them that two stores must agree on.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 30, 1, TimeSpan.Zero);

    public static ServiceView Service(string name, int port = 8080, string host = "192.168.1.20", ServiceId? id = null) => new(
        new ServiceInstance
        {
            Id = id ?? ServiceId.New(),
            Name = name,
            Type = "http",
            Host = host,
            Port = port,
            Protocol = "http",
            Tags = ["a", "b"],
            Metadata = [new("version", "1")],
            TtlSeconds = 300,
            HealthCheck = HealthCheckSettings.Default,
            MdnsServiceType = "_http._tcp",
            CreatedAt = Start,
            ContentUpdatedAt = Start,
        },
        new LeaseState(ServiceStatus.Active, Start.AddSeconds(300), Start));

    public static ServiceView WithLease(this ServiceView service, double secondsLater, ServiceStatus status = ServiceStatus.Active) =>
        service with
        {
            Lease = new LeaseState(status, Start.AddSeconds(secondsLater + service.Instance.TtlSeconds), Start.AddSeconds(secondsLater)),
        };

    /// <summary>Every member off its default, texts at their limits and beyond ASCII.</summary>
    public static ServiceView Everything() => new(
        new ServiceInstance
        {
            Id = ServiceId.New(),
            Name = "Küche 🍳 \"'\\ \u0000 end",
            Type = "mqtt",
            Host = "fe80::1%eth0",
            Port = 65535,
            Protocol = "",
            Tags = ["", "ä", "🏠🏠", "with \"quotes\" and \u0001"],
            Metadata = [new("z", new string('v', 1024)), new("a", string.Concat(Enumerable.Repeat("🍳", 256))), new("", "")],
            TtlSeconds = 86400,
            HealthCheck = new HealthCheckSettings("http://[fe80::1]:80/health?x=%20", 3600, 60, 10, false, false)
            {
                Request = new HealthCheckRequest
                {
                    Method = CheckMethod.Head,
                    Headers = [new("Authorization", "Bearer ä"), new("X.$", "")],
                    ExpectedStatus = "200-204,401",
                    ExpectedText = "läuft 🍳",
                    ExpectedJson = [new("checks[0].state", "ok"), new("", "x")],
                    Insecure = true,
                },
            },
            ChosenLeaseSource = LeaseSource.Health,
            Maintenance = new Maintenance(Start.AddMilliseconds(1), Start.AddDays(2), "neue Platten \"2\""),
            MdnsServiceType = "_mqtt._udp",
            MdnsServiceTypeIsExplicit = true,
            MdnsTxtRecords = [new("path", "/"), new("b", "="), new("ä", "ö")],
            SourceAddress = IPAddress.Parse("2001:db8::17"),
            CreatedAt = Start.AddMicroseconds(670558),
            ContentUpdatedAt = Start.AddDays(400).AddMicroseconds(1),
        },
        new LeaseState(ServiceStatus.Expired, Start.AddDays(-1).AddMicroseconds(3), DateTimeOffset.UnixEpoch));

    /// <summary>All that a store must keep; instants to the microsecond.</summary>
    public static string Text(ServiceView view)
    {
        var service = view.Instance;
        return string.Join('|',
        [
            service.Id.ToString(), service.Name, service.Type, service.Host, $"{service.Port}", service.Protocol,
            string.Join(',', service.Tags), Entries(service.Metadata), $"{service.TtlSeconds}", $"{service.HealthCheck with { Request = HealthCheckRequest.Default }}",
            Request(service.HealthCheck.Request), $"{service.ChosenLeaseSource}", $"{service.Maintenance}",
            service.MdnsServiceType, $"{service.MdnsServiceTypeIsExplicit}", Entries(service.MdnsTxtRecords), $"{service.SourceAddress}",
            Instant(service.CreatedAt), Instant(service.ContentUpdatedAt),
            $"{view.Lease.Status}", Instant(view.Lease.ExpiresAt), Instant(view.Lease.LastHeartbeat),
        ]);
    }

    public static IEnumerable<string> Texts(IEnumerable<ServiceView> services) => services.Select(Text);

    private static string Request(HealthCheckRequest request) => string.Join('|',
    [
        $"{request.Method}", Entries(request.Headers), request.ExpectedStatus, $"{request.ExpectedText}", Entries(request.ExpectedJson), $"{request.Insecure}",
    ]);

    private static string Entries(IEnumerable<KeyValuePair<string, string>> entries) =>
        string.Join(',', entries.Select(entry => $"{entry.Key}={entry.Value}"));

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
