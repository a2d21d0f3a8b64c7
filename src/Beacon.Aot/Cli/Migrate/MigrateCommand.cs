using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;
using Beacon.Registry.Services;
using Beacon.Storage.Mongo;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Aot.Cli.Migrate;

/// <summary>
/// <c>beacon migrate</c>: the takeover that every start does by itself, on its own and with a rehearsal. May run beside a Beacon.
/// </summary>
internal static class MigrateCommand
{
    /// <summary>Reading a large collection from a slow disk takes its time.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<ExitCode> RunAsync(CommandLine line, BeaconOptions options)
    {
        if (options.Mongo is null)
        {
            System.Console.Error.WriteLine(
                $"beacon: {Settings.MongoUrl.Variable} is not set; services in the data directory are brought up to date by each start");
            return ExitCode.Usage;
        }

        // The report says all that the log would.
        using var store = ApplianceStore.Connect(options, ServiceId.New().ToString(), NullLogger.Instance, TimeProvider.System);
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var plan = await store.ExamineAsync(limit.Token);
            var isRehearsal = line.Has(VerbOption.DryRun);
            if (!isRehearsal)
            {
                await store.PrepareAsync(limit.Token);
            }

            System.Console.Out.Write(line.Json ? MigrateReport.Json(plan, isRehearsal) : MigrateReport.Text(plan, isRehearsal, options));
            return ExitCode.Ok;
        }
        catch (Exception exception) when (exception is MongoStoreException or OperationCanceledException)
        {
            System.Console.Error.WriteLine(
                $"beacon: {(exception is MongoStoreException ? exception.Message : $"MongoDB took longer than {Limit.TotalMinutes} minutes")}");
            return ExitCode.Failed;
        }
    }
}
