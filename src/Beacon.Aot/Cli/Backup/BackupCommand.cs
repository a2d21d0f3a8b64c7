using System.Globalization;
using Beacon.Aot.Cli.Client;
using Beacon.Aot.Composition;
using Beacon.Storage;
using Beacon.Storage.Sqlite;

namespace Beacon.Aot.Cli.Backup;

/// <summary><c>beacon backup</c> and <c>beacon restore</c>: the data directory's database as one file.</summary>
internal static class BackupCommand
{
    public static Task<ExitCode> BackUpAsync(CommandContext context)
    {
        var target = Target(context);
        if (!context.Line.Has(VerbOption.Force) && File.Exists(target))
        {
            throw new CommandException(ExitCode.CannotWriteData, $"{target} is there already; --{VerbOption.Force.Name} replaces it");
        }

        RemarkOnMongo(context);
        var report = Try(() => SqliteBackup.Copy(Database(context), target));
        Say(context, report, null, $"{report.Services} services, history and events are in {report.Path} ({Megabytes(report.Bytes)})");
        return Task.FromResult(ExitCode.Ok);
    }

    public static Task<ExitCode> RestoreAsync(CommandContext context)
    {
        if (context.Line.Words is not [var file])
        {
            throw new CommandException(ExitCode.Usage, $"say which file: beacon {context.Line.Verb.Form}");
        }

        RemarkOnMongo(context);
        if (context.Line.Has(VerbOption.DryRun))
        {
            var examined = Try(() => SqliteBackup.Examine(file));
            Say(context, examined, null, $"{file} is good: {examined.Services} services ({Megabytes(examined.Bytes)}); nothing was changed, this was a rehearsal");
            return Task.FromResult(ExitCode.Ok);
        }

        var (report, former) = Try(() => SqliteBackup.Restore(file, Database(context), context.Time.GetUtcNow()));
        Say(
            context, report, former,
            $"{report.Services} services are back in {context.Options.DataDirectory}" + (former is null ? "" : $"; what was there is in {former}"));
        return Task.FromResult(ExitCode.Ok);
    }

    private static string Database(CommandContext context) => Path.Combine(context.Options.DataDirectory, ApplianceStore.FileName);

    private static string Target(CommandContext context)
    {
        if (context.Line.Words is not [var file])
        {
            throw new CommandException(ExitCode.Usage, $"say where to: beacon {context.Line.Verb.Form}");
        }

        return Directory.Exists(file) || Path.EndsInDirectorySeparator(file)
            ? Path.Combine(file, $"beacon-{context.Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.db")
            : file;
    }

    private static void RemarkOnMongo(CommandContext context)
    {
        if (context.Options.Mongo is { } mongo)
        {
            context.Terminal.Complain($"services are kept in {mongo}, which mongodump backs up; this is what Beacon keeps beside it");
        }
    }

    private static void Say(CommandContext context, SqliteBackupReport report, string? former, string sentence)
    {
        if (!context.Line.Json)
        {
            context.Terminal.Complain(sentence);
            return;
        }

        context.Terminal.Out.WriteLine(JsonText.Line(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("file"u8, report.Path);
            writer.WriteNumber("bytes"u8, report.Bytes);
            writer.WriteNumber("services"u8, report.Services);
            writer.WriteNumber("schema"u8, report.Schema);
            if (former is not null)
            {
                writer.WriteString("former"u8, former);
            }

            writer.WriteEndObject();
        }));
        context.Terminal.Out.Flush();
    }

    private static string Megabytes(long bytes) => (bytes / 1_000_000.0).ToString("0.00 MB", CultureInfo.InvariantCulture);

    private static T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (StoreOpenException exception)
        {
            throw new CommandException(CodeOf(exception.Problem), Advised(exception));
        }
    }

    private static string Advised(StoreOpenException exception) => exception.Problem == StoreOpenProblem.InUse
        ? exception.Message + " Stop it first; while it runs, \"beacon import\" brings services back."
        : exception.Message;

    private static ExitCode CodeOf(StoreOpenProblem problem) => problem switch
    {
        StoreOpenProblem.Missing => ExitCode.NoInput,
        StoreOpenProblem.NotWritable => ExitCode.CannotWriteData,
        StoreOpenProblem.InUse => ExitCode.DataInUse,
        _ => ExitCode.UnusableData,
    };
}
