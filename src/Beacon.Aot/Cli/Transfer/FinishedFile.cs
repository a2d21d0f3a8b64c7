namespace Beacon.Aot.Cli.Transfer;

/// <summary>A file that has its name only when it is whole and on the disk.</summary>
/// <param name="mayReplace">Whether a file of that name may give way.</param>
internal sealed class FinishedFile(string path, bool mayReplace)
{
    private const string Unfinished = ".part";

    /// <param name="write">Leaves the stream open.</param>
    /// <exception cref="CommandException">It is there already, or cannot be written.</exception>
    public async Task<T> WriteAsync<T>(Func<Stream, Task<T>> write)
    {
        Check();
        var unfinished = path + Unfinished;
        try
        {
            T result;
            await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                result = await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: mayReplace);
            return result;
        }
        catch (Exception exception)
        {
            Remove(unfinished);
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new CommandException(ExitCode.CannotWriteData, $"{path} cannot be written: {exception.Message}");
            }

            throw;
        }
    }

    /// <exception cref="CommandException">It is there already.</exception>
    public void Check()
    {
        if (!mayReplace && File.Exists(path))
        {
            throw new CommandException(ExitCode.CannotWriteData, $"{path} is there already; --{VerbOption.Force.Name} replaces it");
        }
    }

    private static void Remove(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What kept it from being written is told; what is left has a name that says so.
        }
    }
}
