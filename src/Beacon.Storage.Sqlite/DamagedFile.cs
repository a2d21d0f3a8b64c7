using System.Globalization;

namespace Beacon.Storage.Sqlite;

/// <summary>Moves a damaged database out of the way, complete with its log, so that a tool or a person can still save what is in it.</summary>
internal static class DamagedFile
{
    /// <summary>The log and its index carry the database's name before these; renamed alike they still belong together.</summary>
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    /// <summary>Returns the new path of the database file.</summary>
    public static string SetAside(string path, DateTimeOffset now)
    {
        var aside = FreeName($"{path}.damaged-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        foreach (var suffix in Suffixes)
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix);
            }
        }

        return aside;
    }

    /// <summary>
    /// An empty database beside a log that is not: SQLite would take the file for new and delete the log, which may hold everything.
    /// </summary>
    public static bool IsHeadless(string path) =>
        new FileInfo(path + "-wal") is { Exists: true, Length: > 0 } && new FileInfo(path) is not { Exists: true, Length: > 0 };

    private static string FreeName(string name)
    {
        var free = name;
        for (var number = 2; Suffixes.Any(suffix => File.Exists(free + suffix)); number++)
        {
            free = $"{name}-{number}";
        }

        return free;
    }
}
