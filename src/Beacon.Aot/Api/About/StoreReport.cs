using System.Text.Json;
using Beacon.Aot.Composition;
using Beacon.Registry;
using Beacon.Storage;
using Beacon.Storage.Replication;

namespace Beacon.Aot.Api.About;

/// <summary>How what is registered is kept: the member <c>database</c> of <c>/health</c>.</summary>
internal sealed class StoreReport(ServiceRegistry registry, WriteThrough writeThrough, ApplianceStore store)
{
    /// <summary>Everything that was answered is where it belongs.</summary>
    public bool IsWell(bool isConnected) => isConnected && IsLocalWell && store.Replication?.Status.State is null or ReplicationState.Healthy;

    /// <summary>A sentence for <c>/health</c> when it is not.</summary>
    public string Trouble => IsLocalWell && store.Replication is not null
        ? "Beacon serves from memory and keeps changes in its spool; the database is in trouble"
        : "Beacon serves from memory; the store is in trouble";

    private bool IsLocalWell => writeThrough.Status.State == StoreState.Healthy;

    public static string Word(ReplicationState state) => state switch
    {
        ReplicationState.Healthy => "healthy",
        ReplicationState.Behind => "behind",
        ReplicationState.Down => "down",
        _ => "draining",
    };

    /// <param name="ping">Null when the store does not answer.</param>
    public void Write(Utf8JsonWriter json, TimeSpan? ping)
    {
        var local = writeThrough.Status;
        json.WriteStartObject("database"u8);
        json.WriteString("type"u8, store.Kind);
        json.WriteBoolean("connected"u8, ping is not null);
        if (ping is { } trip)
        {
            json.WriteNumber("ping_ms"u8, Math.Round(trip.TotalMilliseconds, 3));
        }
        else
        {
            json.WriteNull("ping_ms"u8);
        }

        // The file on this machine comes first: when it fails, nothing can be answered for.
        if (store.Replication is { } replication && IsLocalWell)
        {
            Write(json, replication.Status, local.PendingChanges);
        }
        else
        {
            json.WriteString("state"u8, local.State switch
            {
                StoreState.Healthy => "healthy"u8,
                StoreState.Behind => "behind"u8,
                _ => "down"u8,
            });
            json.WriteNumber("pending_changes"u8, local.PendingChanges);
            json.WriteNumber("seconds_behind"u8, Math.Round(local.Behind.TotalSeconds, 3));
        }

        json.WriteStartObject("collections"u8);
        json.WriteNumber("services"u8, registry.Count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in ReplicationStatus status, int pending)
    {
        json.WriteString("state"u8, Word(status.State));
        json.WriteNumber("pending_changes"u8, pending);
        json.WriteNumber("spooled_changes"u8, status.Spooled);
        json.WriteNumber("seconds_behind"u8, Math.Round(status.Behind.TotalSeconds, 3));
        json.WriteString("error"u8, status.LastError);
    }
}
