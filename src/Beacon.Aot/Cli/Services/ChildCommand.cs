using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Beacon.Aot.Cli.Services;

/// <summary>Runs the command behind <c>--</c> with this program's terminal, and passes on what it is told.</summary>
internal static class ChildCommand
{
    private const int Terminate = 15;

    /// <summary>Its own exit code, 128 + N after signal N.</summary>
    /// <param name="stopping">Asks the command to end; it may take its time.</param>
    /// <exception cref="CommandException">It could not be started.</exception>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> command, CancellationToken stopping)
    {
        using var process = Start(command);

        // Ctrl-C has reached the command by itself, which has the same terminal; a second signal does no harm to what ends anyway.
        await using var stop = stopping.Register(() => _ = Kill(process.Id, Terminate));
        await process.WaitForExitAsync(CancellationToken.None);
        return (ExitCode)process.ExitCode;
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false })
                ?? throw new CommandException(ExitCode.NoCommand, $"\"{command[0]}\" was not started");
        }
        catch (Win32Exception exception)
        {
            throw new CommandException(ExitCode.NoCommand, $"\"{command[0]}\" cannot be started: {exception.Message}");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Two numbers need no marshalling, and this project has no unsafe code.")]
    private static extern int Kill(int process, int signal);
}
