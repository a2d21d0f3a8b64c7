using System.Runtime.InteropServices;

namespace Beacon.Storage.Sqlite.Interop;

/// <summary>
/// Reading the columns of a row, of which a start reads millions: called directly, without counting references to the statement at each of
/// them and without leaving the collector's side. None of these waits for anything (the connection has no mutex) or takes a microsecond.
/// </summary>
internal static unsafe partial class SqliteColumns
{
    private const string Library = "e_sqlite3";

    /// <summary>The bytes of a text or blob, empty for NULL; valid until the next step.</summary>
    public static ReadOnlySpan<byte> Bytes(nint statement, int column)
    {
        // In this order (sqlite.org/c3ref/column_blob.html): the first may convert the value, the second then tells how long it has become.
        var start = Blob(statement, column);
        return new ReadOnlySpan<byte>((void*)start, start == 0 ? 0 : Length(statement, column));
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static partial long Integer(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static partial int Type(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    [SuppressGCTransition]
    private static partial nint Blob(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    [SuppressGCTransition]
    private static partial int Length(nint statement, int column);
}
