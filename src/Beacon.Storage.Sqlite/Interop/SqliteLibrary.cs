using SQLitePCL;

namespace Beacon.Storage.Sqlite.Interop;

/// <summary>Names the native library, once per process: <c>e_sqlite3</c>, linked statically in the published binary.</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<bool> Loaded = new(Load);

    public static void Initialise() => _ = Loaded.Value;

    private static bool Load()
    {
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }
}
