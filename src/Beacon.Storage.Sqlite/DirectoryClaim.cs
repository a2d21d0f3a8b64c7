using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite;

/// <summary>
/// Holds the database for this process by a locked file beside it. The kernel drops the lock with the process, however it ends, and
/// SQLite's own locks stay free for backup tools. The empty file itself stays: removing it would let two processes lock two files.
/// </summary>
internal sealed class DirectoryClaim : IDisposable
{
    private const string Suffix = ".lock";

    /// <summary>Linux errno numbers as .NET hands them out in <see cref="Exception.HResult"/>.</summary>
    private const int WouldBlock = 11;
    private const int NoSpace = 28;

    private readonly FileStream _file;

    private DirectoryClaim(FileStream file) => _file = file;

    /// <summary>Creates the directory when it is missing.</summary>
    /// <exception cref="StoreOpenException">Somebody else holds it, or it cannot be written.</exception>
    public static DirectoryClaim Take(string databasePath)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(databasePath)!);
            return new DirectoryClaim(new FileStream(databasePath + Suffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            throw new StoreOpenException(
                StoreOpenProblem.InUse, $"{databasePath} is in use by another process; is a second Beacon running on the same data directory?", error);
        }
        catch (IOException error) when (error.HResult == NoSpace)
        {
            throw new StoreOpenException(StoreOpenProblem.DiskFull, $"No space left for {databasePath}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreOpenException(
                StoreOpenProblem.NotWritable, $"The data directory of {databasePath} cannot be written: {error.Message}", error);
        }
    }

    /// <summary>For a claim taken as root: whoever owns the directory must be able to take the next one.</summary>
    public void GiveToDirectory() => FileOwner.TakeFromDirectory(_file.Name);

    public void Dispose() => _file.Dispose();
}
