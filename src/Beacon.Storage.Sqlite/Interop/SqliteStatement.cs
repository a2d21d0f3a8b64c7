using System.Text;
using SQLitePCL;

namespace Beacon.Storage.Sqlite.Interop;

/// <summary>A compiled statement: bind, step, reset, over and over. Parameters count from 1, columns from 0, as in SQLite.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Bytes.</summary>
    private const int ShortText = 512;

    /// <summary>Of <c>handle</c>, which lives as long as this.</summary>
    private readonly nint _row = handle.DangerousGetHandle();

    public SqliteStatement Bind(int parameter, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, bool value) => Bind(parameter, value ? 1L : 0L);

    /// <summary>Null: NULL.</summary>
    public SqliteStatement Bind(int parameter, long? value) => value is { } known ? Bind(parameter, known) : Bind(parameter, (string?)null);

    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            connection.Check(raw.sqlite3_bind_null(handle, parameter));
            return this;
        }

        // SQLite copies it: most texts are short enough for the stack.
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> utf8 = most <= ShortText ? stackalloc byte[ShortText] : new byte[most];
        return Bind(parameter, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
    }

    /// <summary>UTF-8, bound with its length, so that a NUL in it does not cut it short.</summary>
    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, which SQLite would take for NULL.
        var result = utf8.IsEmpty ? raw.sqlite3_bind_text(handle, parameter, string.Empty) : raw.sqlite3_bind_text(handle, parameter, utf8);
        connection.Check(result);
        return this;
    }

    /// <summary>Bytes that are no text.</summary>
    public SqliteStatement BindBytes(int parameter, ReadOnlySpan<byte> bytes)
    {
        var result = bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, parameter, 0) : raw.sqlite3_bind_blob(handle, parameter, bytes);
        connection.Check(result);
        return this;
    }

    /// <summary>True: a row is there to be read. False: done.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        connection.Check(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Steps a statement without rows and makes it ready for its next use, also after a failure.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>All rows, and ready for its next use.</summary>
    public IReadOnlyList<T> ReadAll<T>(Func<SqliteStatement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
            {
                rows.Add(read(this));
            }
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>Reports no error: it would only repeat the one of the last step.</summary>
    public void Reset()
    {
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    public bool IsNull(int column) => SqliteColumns.Type(_row, column) == raw.SQLITE_NULL;

    public long Integer(int column) => SqliteColumns.Integer(_row, column);

    public string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Utf8(column));

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => SqliteColumns.Bytes(_row, column);

    public void Dispose() => handle.Dispose();
}
