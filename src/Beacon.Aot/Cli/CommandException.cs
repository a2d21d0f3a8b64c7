namespace Beacon.Aot.Cli;

/// <summary>A command cannot go on; the message is a sentence for the user, without the program's name.</summary>
internal sealed class CommandException(ExitCode code, string message) : Exception(message)
{
    public ExitCode Code { get; } = code;
}
