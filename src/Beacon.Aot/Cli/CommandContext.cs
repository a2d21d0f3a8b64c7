using System.Runtime.InteropServices;
using System.Text.Json;
using Beacon.Aot.Cli.Client;
using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary>What a command has to work with.</summary>
/// <param name="Stopping">Cancelled by Ctrl-C and SIGTERM, which then do nothing else.</param>
internal sealed record CommandContext(
    CommandLine Line, BeaconOptions Options, IReadOnlyDictionary<string, string> Environment, Terminal Terminal, TimeProvider Time, CancellationToken Stopping)
{
    /// <summary>Runs a command until it ends or is asked to stop.</summary>
    public static async Task<ExitCode> RunAsync(
        CommandLine line, BeaconOptions options, IReadOnlyDictionary<string, string> environment, Func<CommandContext, Task<ExitCode>> command)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        var context = new CommandContext(line, options, environment, Terminal.Of(environment), TimeProvider.System, stop.Token);
        try
        {
            return await command(context);
        }
        catch (CommandException exception)
        {
            context.Terminal.Complain(exception.Message);
            return exception.Code;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // JSON, but not what a Beacon says: a member is missing, or is something else.
            context.Terminal.Complain($"the answer is not one of a Beacon: {PlainText.Of(exception.Message)}");
            return ExitCode.Unavailable;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
        catch (IOException) when (Terminal.IsOutputGone)
        {
            // "beacon list | head": who reads has read enough.
            return ExitCode.Ok;
        }
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
