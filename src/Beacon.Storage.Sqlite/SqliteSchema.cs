using Beacon.Storage.Sqlite.Interop;
using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Sqlite;

/// <summary>
/// The tables, as numbered steps. <c>user_version</c> says which step a file has reached; each step commits together with its number,
/// so a file never stands between two. Steps are only ever added.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>"Bcn1" as a big-endian number: tells Beacon's files from other programs' (sqlite.org/pragma.html#pragma_application_id).</summary>
    public const int ApplicationId = 0x42636E31;

    public static int Latest => Steps.Length;

    private static readonly string[] Tables = ["services", "leases", "records", "replication", "health_series", "health_journal", "health_chunks", "health_incidents", "health_marks", "events"];

    private static readonly string[] Steps =
    [
        // 1. Content changes rarely, leases all the time: apart, a heartbeat rewrites a page of a hundred leases instead of one of six services.
        """
        CREATE TABLE services (
            service_id                 TEXT NOT NULL PRIMARY KEY,
            name                       TEXT NOT NULL,
            type                       TEXT NOT NULL,
            host                       TEXT NOT NULL,
            port                       INTEGER NOT NULL,
            protocol                   TEXT NOT NULL,
            tags                       TEXT NOT NULL,
            metadata                   TEXT NOT NULL,
            ttl                        INTEGER NOT NULL,
            health_check_url           TEXT,
            health_check_interval      INTEGER NOT NULL,
            health_check_timeout       INTEGER NOT NULL,
            health_check_retries       INTEGER NOT NULL,
            health_check_enabled       INTEGER NOT NULL,
            fallback_to_health_check   INTEGER NOT NULL,
            mdns_service_type          TEXT NOT NULL,
            mdns_service_type_explicit INTEGER NOT NULL,
            mdns_txt_records           TEXT NOT NULL,
            source_address             TEXT,
            created_at                 INTEGER NOT NULL,
            content_updated_at         INTEGER NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX services_identity ON services (name, host, port);

        CREATE TABLE leases (
            service_id     TEXT NOT NULL PRIMARY KEY REFERENCES services (service_id) ON DELETE CASCADE,
            status         TEXT NOT NULL,
            expires_at     INTEGER NOT NULL,
            last_heartbeat INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE records (
            collection TEXT NOT NULL,
            id         TEXT NOT NULL,
            json       TEXT NOT NULL,
            PRIMARY KEY (collection, id)
        ) STRICT, WITHOUT ROWID;
        """,

        // 2. For those who keep services in a shared database: what of each it has. No reference to services: a removal is remembered.
        """
        CREATE TABLE replication (
            service_id TEXT NOT NULL PRIMARY KEY,
            revision   INTEGER NOT NULL,
            stored     INTEGER NOT NULL,
            removed_at INTEGER
        ) STRICT, WITHOUT ROWID;
        """,

        // 3. What a check sends and expects, what keeps the lease, and planned interruptions.
        """
        ALTER TABLE services ADD COLUMN health_check_request TEXT;
        ALTER TABLE services ADD COLUMN lease_source TEXT;
        ALTER TABLE services ADD COLUMN maintenance_since INTEGER;
        ALTER TABLE services ADD COLUMN maintenance_until INTEGER;
        ALTER TABLE services ADD COLUMN maintenance_reason TEXT;
        """,

        // 4. History. The key of a chunk is its kind, hour and series in one number: what one hour brings lies together and is written, and one
        //    day thrown away, as a whole.
        """
        CREATE TABLE health_series (
            series     INTEGER NOT NULL PRIMARY KEY,
            service_id TEXT NOT NULL UNIQUE,
            name       TEXT NOT NULL,
            first_at   INTEGER NOT NULL,
            gone_at    INTEGER
        ) STRICT;

        CREATE TABLE health_journal (
            sequence INTEGER NOT NULL PRIMARY KEY,
            results  BLOB NOT NULL
        ) STRICT;

        CREATE TABLE health_chunks (
            chunk INTEGER NOT NULL PRIMARY KEY,
            data  BLOB NOT NULL
        ) STRICT;

        CREATE TABLE health_incidents (
            incident   INTEGER NOT NULL PRIMARY KEY,
            service_id TEXT NOT NULL,
            name       TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at   INTEGER,
            cause      TEXT NOT NULL,
            planned    INTEGER NOT NULL,
            change     INTEGER NOT NULL
        ) STRICT;

        CREATE INDEX health_incidents_service ON health_incidents (service_id, started_at);
        CREATE INDEX health_incidents_start ON health_incidents (started_at);
        CREATE INDEX health_incidents_change ON health_incidents (change);

        CREATE TABLE health_marks (
            name  TEXT NOT NULL PRIMARY KEY,
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,

        // 5. The event log. AUTOINCREMENT: an id is not given twice, even when all entries have been thrown away.
        """
        CREATE TABLE events (
            event      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            at         INTEGER NOT NULL,
            kind       INTEGER NOT NULL,
            service_id TEXT,
            name       TEXT,
            source     TEXT,
            detail     TEXT
        ) STRICT;

        CREATE INDEX events_service ON events (service_id, event) WHERE service_id IS NOT NULL;
        """,
    ];

    /// <summary>Refuses a file that this version must not touch; changes nothing.</summary>
    public static void Recognise(SqliteConnection connection, string path)
    {
        var version = connection.ReadInteger("PRAGMA user_version");
        var application = connection.ReadInteger("PRAGMA application_id");
        var tables = connection.ReadInteger("SELECT count(*) FROM sqlite_schema");
        if (application != ApplicationId && (application != 0 || tables != 0))
        {
            throw new StoreOpenException(StoreOpenProblem.ForeignFile, $"{path} is a database of another program; choose another data directory.");
        }

        if (version > Latest)
        {
            throw new StoreOpenException(
                StoreOpenProblem.NewerSchema,
                $"{path} was written by a newer Beacon (schema {version}, this one knows up to {Latest}); run that version, or restore a backup.");
        }
    }

    public static void Migrate(SqliteConnection connection, ILogger logger)
    {
        Migrate(connection, logger, Steps);
        RequireTables(connection);
    }

    internal static void Migrate(SqliteConnection connection, ILogger logger, IReadOnlyList<string> steps)
    {
        var from = (int)connection.ReadInteger("PRAGMA user_version");
        for (var version = from; version < steps.Count; version++)
        {
            var step = steps[version];
            var reached = version + 1;
            connection.InTransaction(() => connection.Execute(
                $"{step};\nPRAGMA application_id = {ApplicationId};\nPRAGMA user_version = {reached};"));
        }

        if (from < steps.Count)
        {
            SqliteLog.Migrated(logger, from, steps.Count);
        }
    }

    /// <summary>A file whose number says one thing and whose tables another was changed by hand: what to do about it is not ours to guess.</summary>
    private static void RequireTables(SqliteConnection connection)
    {
        foreach (var table in Tables)
        {
            if (connection.ReadInteger($"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{table}'") == 0)
            {
                throw new StoreOpenException($"The database has lost its table {table}; restore a backup, or move the file away to start empty.");
            }
        }
    }
}
