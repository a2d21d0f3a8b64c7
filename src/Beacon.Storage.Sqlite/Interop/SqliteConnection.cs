using SQLitePCL;

namespace Beacon.Storage.Sqlite.Interop;

/// <summary>One open database file. One thread at a time, which SQLite takes our word for.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    private SqliteConnection(sqlite3 handle) => _handle = handle;

    /// <summary>Opens for reading and writing and creates the file when it is missing.</summary>
    public static SqliteConnection Open(string path)
    {
        SqliteLibrary.Initialise();

        // Without a mutex: every call of it, several for each column of each row, would take and give back a lock that nobody contends for.
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var result = raw.sqlite3_open_v2(path, out var handle, Flags, null);
        if (result != raw.SQLITE_OK)
        {
            var detail = handle is null ? "out of memory" : raw.sqlite3_errmsg(handle).utf8_to_string();
            handle?.Dispose();
            throw new SqliteException(result, detail);
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        return new SqliteConnection(handle);
    }

    /// <summary>SQLite falls back to reading when it may not write the file.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(_handle, "main") == 1;

    /// <summary>Rows touched by the last insert, update or delete.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Milliseconds that another program's lock is waited for.</summary>
    public void SetBusyTimeout(int milliseconds) => Check(raw.sqlite3_busy_timeout(_handle, milliseconds));

    /// <summary>
    /// True: closing leaves the write-ahead log alone. Otherwise the last one to close moves the log into the file and deletes it, also
    /// when the file turned out to be damaged.
    /// </summary>
    public void KeepLogOnClose(bool keep) =>
        Check(raw.sqlite3_db_config(_handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, out _));

    /// <summary>Runs one or more statements without results.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>First column of the first row.</summary>
    public long ReadInteger(string sql) => ReadFirst(sql, static row => row.Integer(0));

    /// <inheritdoc cref="ReadInteger"/>
    public string ReadText(string sql) => ReadFirst(sql, static row => row.Text(0) ?? string.Empty);

    /// <summary>Compiled once, used until the connection is closed.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle));
        var statement = new SqliteStatement(this, handle);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Commits what <paramref name="work"/> does, or, when it or the commit fails, leaves everything as it was.</summary>
    public void InTransaction(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            // Some errors, a full disk among them, have rolled back already.
            if (raw.sqlite3_get_autocommit(_handle) == 0)
            {
                raw.sqlite3_exec(_handle, "ROLLBACK");
            }

            throw;
        }
    }

    public void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteException(result, raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _statements.Clear();
        raw.sqlite3_close_v2(_handle);
        _handle.Dispose();
    }

    private T ReadFirst<T>(string sql, Func<SqliteStatement, T> read)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle));
        using var statement = new SqliteStatement(this, handle);
        return statement.Step() ? read(statement) : throw new SqliteException(raw.SQLITE_ERROR, $"no answer to {sql}");
    }
}
