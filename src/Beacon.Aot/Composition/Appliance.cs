using System.Net;
using System.Net.Sockets;
using Beacon.Aot.Api.About;
using Beacon.Aot.Background;
using Beacon.Aot.Cli;
using Beacon.Aot.Configuration;
using Beacon.Aot.Logging;
using Beacon.Aot.Supervision;
using Beacon.Mdns.Transport;
using Beacon.Registry;
using Beacon.Storage;
using Microsoft.AspNetCore.Connections;

namespace Beacon.Aot.Composition;

/// <summary><c>beacon serve</c>: from checked options to an exit code.</summary>
internal static class Appliance
{
    /// <summary>A stop is done within two seconds, or ended.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(1900);

    public static async Task<ExitCode> RunAsync(
        BeaconOptions options, IReadOnlyList<string> warnings, IReadOnlyDictionary<string, string> environment)
    {
        var time = TimeProvider.System;
        HandleLimit.Raise();
        using var output = LogOutput.Create(options.LogForm, environment, time);
        var logger = output.CreateLogger("Beacon.Host");
        foreach (var warning in warnings)
        {
            HostLog.ConfigurationWarning(logger, warning);
        }

        if (MissingInterfaces(options) is { } missing)
        {
            return Complain(ExitCode.NoInterface, missing);
        }

        try
        {
            using var store = await ApplianceStore.OpenAsync(options, output.CreateLogger("Beacon.Storage"), time);
            await using var app = BeaconHost.Build(options, store, x => x.AddProvider(output), time);
            var stored = await store.Services.LoadAllAsync(CancellationToken.None);
            var loaded = app.Services.GetRequiredService<ServiceRegistry>().Load(stored);
            using var manager = ServiceManager.Of(environment);
            return await ServeAsync(app, options, loaded, manager, logger);
        }
        catch (StoreOpenException exception)
        {
            return Complain(CodeFor(exception.Problem), exception.Message);
        }
        catch (StoreUnavailableException exception)
        {
            return Complain(ExitCode.UnusableData, exception.Message);
        }
    }

    private static async Task<ExitCode> ServeAsync(WebApplication app, BeaconOptions options, int loaded, ServiceManager? manager, ILogger logger)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await AbandonAsync(app);
            return Complain(
                ExitCode.Unavailable,
                $"port {options.Port} is taken by another program; stop that one, or choose another with --port or {Settings.Port.Variable}");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            await AbandonAsync(app);
            return Complain(
                ExitCode.Unavailable, $"cannot listen on {options.Host?.ToString() ?? "any address"}, port {options.Port}: {exception.Message}");
        }

        var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        using var limit = TimeProvider.System.CreateTimer(_ => GiveUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var stopping = lifetime.ApplicationStopping.Register(() =>
        {
            HostLog.Stopping(logger);
            manager?.TellStopping();
            limit.Change(StopLimit, Timeout.InfiniteTimeSpan);
        });
        using var watchdog = manager?.WatchdogInterval is { } interval
            ? new Watchdog(interval, app.Services.GetRequiredService<Pulse>(), TimeProvider.System, manager.TellAlive)
            : null;
        manager?.TellReady($"Serving {loaded} services at {Urls(app)}");
        HostLog.Started(logger, BeaconVersion.Short, Urls(app), options.DataDirectory, loaded);
        await app.WaitForShutdownAsync();
        HostLog.Stopped(logger);
        return app.Services.GetRequiredService<ApplianceFailure>().Happened ? ExitCode.Failed : ExitCode.Ok;
    }

    /// <summary>Ends what had started before the web server could not: a loop that goes on while its store is closed would be told as one that died.</summary>
    private static async Task AbandonAsync(WebApplication app)
    {
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await app.StopAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The process ends anyway.
        }
    }

    /// <summary>
    /// A name that fits nothing is a mistake in the settings. Without names a machine may start before its network does: Beacon then
    /// serves HTTP and announces as soon as an interface appears.
    /// </summary>
    private static string? MissingInterfaces(BeaconOptions options)
    {
        if (!options.MdnsEnabled || options.MdnsInterfaces is not { } wanted)
        {
            return null;
        }

        // None at all means that they cannot be told: a machine has at least its loopback.
        var present = LocalAddress.InterfaceNames();
        return present.Count == 0 || InterfaceNames.AnyExists(wanted, present)
            ? null
            : $"{Settings.MdnsInterface.Variable} names {string.Join(", ", wanted)}, but this machine has only {string.Join(", ", present)}";
    }

    /// <summary>What a person on the LAN could type, instead of "[::]".</summary>
    private static string Urls(WebApplication app)
    {
        var local = LocalAddress.Primary()?.Address ?? IPAddress.Loopback;
        return string.Join(", ", app.Urls.Select(url => url.Replace("[::]", local.ToString(), StringComparison.Ordinal)));
    }

    /// <summary>A disk that hangs must not hang the stop: what was answered with 201 is stored already.</summary>
    private static void GiveUp()
    {
        Console.Error.WriteLine("beacon: the stop took too long and was cut short");
        Environment.Exit((int)ExitCode.Failed);
    }

    private static ExitCode CodeFor(StoreOpenProblem problem) => problem switch
    {
        StoreOpenProblem.NotWritable => ExitCode.CannotWriteData,
        StoreOpenProblem.InUse => ExitCode.DataInUse,
        _ => ExitCode.UnusableData,
    };

    private static ExitCode Complain(ExitCode code, string problem)
    {
        Console.Error.WriteLine($"beacon: {problem}");
        return code;
    }
}
