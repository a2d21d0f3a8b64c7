using System.Text;
using System.Text.Json;
using Beacon.Aot.Api;
using Beacon.Aot.Api.Services;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Api.Services;

public sealed class ServiceJsonWriterTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 25, 1, TimeSpan.Zero);

    [Fact]
    public void The_id_comes_first_and_absent_values_are_null()
    {
        var json = Write(Service("homegrow-client"));

        Assert.StartsWith("{\"service_id\":\"43d7924a-92f7-4e44-adfd-f22b6dc391c3\",\"name\":\"homegrow-client\"", json, StringComparison.Ordinal);
        Assert.Contains("\"health_check_url\":null", json, StringComparison.Ordinal);
        Assert.Contains("\"last_health_check\":null", json, StringComparison.Ordinal);
        Assert.Contains("\"expires_at\":\"2026-11-23T08:30:01Z\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_stays_utf8_and_what_json_forbids_is_escaped()
    {
        var json = Write(Service("Küche \"eins\" <2>"));

        Assert.Contains("\"name\":\"Küche \\\"eins\\\" <2>\"", json, StringComparison.Ordinal);
        Assert.Equal("Küche \"eins\" <2>", JsonDocument.Parse(json).RootElement.GetProperty("name").GetString());
    }

    private static string Write(in ServiceView view)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonOutput.Options))
        {
            ServiceJsonWriter.Write(writer, view);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static ServiceView Service(string name) => new(
        new ServiceInstance
        {
            Id = new ServiceId(Guid.Parse("43d7924a-92f7-4e44-adfd-f22b6dc391c3")),
            Name = name,
            Type = "iot",
            Host = "192.168.1.100",
            Port = 8080,
            Protocol = "http",
            Tags = ["iot"],
            Metadata = [new("version", "1.2.0")],
            TtlSeconds = 300,
            HealthCheck = HealthCheckSettings.Default,
            MdnsServiceType = "_iot._tcp",
            CreatedAt = Start,
            ContentUpdatedAt = Start,
        },
        new LeaseState(ServiceStatus.Active, Start.AddSeconds(300), Start));
}
