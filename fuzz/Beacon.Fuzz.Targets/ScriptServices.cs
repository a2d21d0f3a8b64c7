using System.Net;
using Beacon.Registry.Events;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;

namespace Beacon.Fuzz.Targets;

/// <summary>The services a script can let come and go: ordinary ones, two of one name, and some whose words are as long or odd as allowed.</summary>
internal static class ScriptServices
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Host, string Type)[] Known =
    [
        ("Sensor", "10.77.1.50", "_http._tcp"),
        ("Sensor", "10.77.1.51", "_http._tcp"),
        ("Küche (2)", "10.77.2.50", "_ipp._tcp"),
        ("Disk", "nas.lan", "_smb._tcp"),
        ("Self", "self.local", "_http._tcp"),
        (new string('x', 63), "fd00::50", "_http._tcp"),
        ("a.b\\c \"d\" \u200B", "127.0.0.1", "_x-y._udp"),
        ("\u0130\U0001F600e\u0301", "very.long.name.of.a.host.example.org", "_http._tcp"),
    ];

    public static int Count => Known.Length;

    public static ServiceId Id(int number) => new(new Guid((number % Count) + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));

    public static ServiceView View(int number, int version) => new(Create(number, version), new LeaseState(ServiceStatus.Active, Then, Then));

    public static RegistryEvent Event(int number, int version, RegistryEventKind kind) => new(1, kind, Then, View(number, version), 0);

    private static ServiceInstance Create(int number, int version)
    {
        var (name, host, type) = Known[number % Count];
        return new ServiceInstance
        {
            Id = Id(number),
            Name = name,
            Type = "any",
            Host = host,
            Port = 80 + (version & 7),
            Protocol = "http",
            Tags = [],
            Metadata = [],
            MdnsTxtRecords = (version & 8) == 0 ? [] : [new("key", new string('v', version & 0xF0))],
            TtlSeconds = 300,
            HealthCheck = HealthCheckSettings.Default,
            MdnsServiceType = type,
            SourceAddress = IPAddress.Parse("10.77.1.60"),
            CreatedAt = Then,
            ContentUpdatedAt = Then,
        };
    }
}
