using System.Text.Json;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Cli;
using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;
using Beacon.Aot.Live;
using Beacon.Mdns;
using Beacon.Registry;
using Beacon.Storage;

namespace Beacon.Aot.Api.About;

/// <summary>How Beacon is, in figures: the body of <c>/health</c>. Every figure is measured when it is asked for.</summary>
internal sealed class HealthReport(
    ServiceRegistry registry, WriteThrough writeThrough, ApplianceStore store, BeaconOptions options, LiveHub live, TimeProvider time, IServiceProvider services)
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>A store that takes longer than this to answer the smallest question is in trouble.</summary>
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(2);

    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private readonly long _started = time.GetTimestamp();
    private readonly StoreReport _store = new(registry, writeThrough, store);
    private readonly MdnsResponder? _mdns = services.GetService<MdnsResponder>();

    /// <summary>Null when the store does not answer.</summary>
    public async Task<TimeSpan?> PingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PingLimit);
        try
        {
            return await store.Services.PingAsync(limit.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Write(Utf8JsonWriter json, TimeSpan? ping)
    {
        var isStoreWell = _store.IsWell(isConnected: ping is not null);
        var isWell = isStoreWell && _mdns?.Status.Running != false;
        json.WriteStartObject();
        json.WriteString("status"u8, isWell ? "healthy"u8 : "degraded"u8);
        json.WriteString("message"u8, isWell ? "Beacon is well and ready"
            : isStoreWell ? "Beacon serves, but announces nothing: mDNS does not run"
            : _store.Trouble);
        json.WriteString("version"u8, BeaconVersion.Short);
        UtcText.WriteString(json, Timestamp, time.GetUtcNow());
        json.WriteNumber("uptime"u8, Math.Round(time.GetElapsedTime(_started).TotalSeconds, 3));
        WriteServices(json);
        WriteMdns(json);
        _store.Write(json, ping);
        json.WriteStartObject("memory"u8);
        json.WriteNumber("used_mb"u8, Math.Round(Environment.WorkingSet / Megabyte, 1));
        json.WriteNumber("cache_size"u8, registry.Count);
        json.WriteEndObject();
        WriteNetwork(json);
        json.WriteStartObject("live"u8);
        json.WriteNumber("clients"u8, live.Clients);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNetwork(Utf8JsonWriter json)
    {
        json.WriteStartObject("network"u8);
        var local = LocalAddress.Primary();
        json.WriteString("local_ip"u8, local?.Address.ToString());
        json.WriteString("interface"u8, local?.Interface);
        json.WriteEndObject();
    }

    private void WriteServices(Utf8JsonWriter json)
    {
        var counts = registry.Counts();
        json.WriteStartObject("services"u8);
        json.WriteNumber("total"u8, counts.Total);
        json.WriteNumber("active"u8, counts.Active);

        // No service is ever inactive; the earlier implementation documented the figure.
        json.WriteNumber("inactive"u8, 0);
        json.WriteNumber("expired"u8, counts.Expired);
        json.WriteNumber("unhealthy"u8, counts.Unhealthy);
        json.WriteEndObject();
    }

    private void WriteMdns(Utf8JsonWriter json)
    {
        var status = _mdns?.Status;
        json.WriteStartObject("mdns"u8);
        json.WriteBoolean("running"u8, status?.Running ?? false);
        json.WriteString("domain"u8, options.MdnsDomain);
        json.WriteString("hostname"u8, status?.HostName ?? "");
        json.WriteNumber("registered_services"u8, status?.Services ?? 0);
        json.WriteNumber("names"u8, status?.Names ?? 0);
        json.WriteNumber("conflicts"u8, status?.Conflicts ?? 0);
        json.WriteStartArray("interfaces"u8);
        foreach (var link in status?.Links ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name"u8, link.Name);
            json.WriteStartArray("addresses"u8);
            foreach (var address in link.Addresses)
            {
                json.WriteStringValue(address.Address.ToString());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("packets"u8);
        json.WriteNumber("received"u8, status?.PacketsIn ?? 0);
        json.WriteNumber("sent"u8, status?.PacketsOut ?? 0);
        json.WriteNumber("dropped"u8, status?.PacketsDropped ?? 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
