using System.Text.Json;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary>What is sent to register the service that was typed.</summary>
internal static class Registration
{
    /// <summary>Beacon takes the sender's address for this one.</summary>
    private const string ThisMachine = "0.0.0.0";

    /// <exception cref="CommandException">Something needed is missing or no number; everything else is Beacon's to judge.</exception>
    public static byte[] Read(CommandLine line)
    {
        if (line.Words is not [var name])
        {
            throw new CommandException(ExitCode.Usage, $"say the name of the service: beacon {line.Verb.Form}");
        }

        var port = Numbers.Read(line, VerbOption.ServicePort) ?? throw new CommandException(ExitCode.Usage, "--port is needed: where the service listens");
        return JsonText.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, name);
            writer.WriteString("host"u8, line.Value(VerbOption.ServiceHost) ?? ThisMachine);
            writer.WriteNumber("port"u8, port);
            WriteText(writer, line, "type", VerbOption.ServiceType);
            WriteText(writer, line, "protocol", VerbOption.ServiceProtocol);
            WriteText(writer, line, "health_check_url", VerbOption.HealthUrl);
            WriteNumber(writer, line, "health_check_interval", VerbOption.HealthInterval);
            WriteNumber(writer, line, "ttl", VerbOption.Ttl);
            if (line.Has(VerbOption.ServiceTag))
            {
                JsonText.WriteTexts(writer, "tags", line.Values(VerbOption.ServiceTag));
            }

            WriteMetadata(writer, line);
            writer.WriteEndObject();
        });
    }

    private static void WriteMetadata(Utf8JsonWriter writer, CommandLine line)
    {
        if (!line.Has(VerbOption.ServiceMetadata))
        {
            return;
        }

        writer.WriteStartObject("metadata"u8);
        foreach (var entry in line.Values(VerbOption.ServiceMetadata))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new CommandException(ExitCode.Usage, $"--{VerbOption.ServiceMetadata.Name} must be KEY=VALUE, not \"{entry}\"");
            }

            writer.WriteString(entry[..equals], entry[(equals + 1)..]);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, CommandLine line, string member, VerbOption option)
    {
        if (line.Value(option) is { } text)
        {
            writer.WriteString(member, text);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, CommandLine line, string member, VerbOption option)
    {
        if (Numbers.Read(line, option) is { } number)
        {
            writer.WriteNumber(member, number);
        }
    }
}
