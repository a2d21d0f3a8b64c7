using System.Text.Json;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Cli.Client;
using Beacon.Registry.Services;

namespace Beacon.Aot.Cli.Transfer;

/// <summary>An export, read whole and made into registrations. Nothing of it is used before all of it is known to be good.</summary>
/// <param name="Registrations">Bodies to register with, in the order of the file.</param>
/// <param name="WithSecrets">Names of services whose checks send headers: their values are in no export.</param>
internal sealed record ImportFile(IReadOnlyList<byte[]> Registrations, IReadOnlyList<string> WithSecrets)
{
    /// <summary>The largest line an export has is a service with every field full; see the limit of a request's body.</summary>
    private const int LongestLine = 256 * 1024;

    /// <summary>What can be registered; the rest of a line is how the service was at the time.</summary>
    private static readonly HashSet<string> Members =
        [.. ServiceRules.ForRegistration.Where(x => x != ServiceRules.MdnsServiceType && x != ServiceRules.HealthCheckHeaders).Select(x => x.Name)];

    /// <exception cref="CommandException">It is no export, of a later form, cut off, or a line of it is broken; the line is named.</exception>
    public static async Task<ImportFile> ReadAsync(TextReader reader, string name, CancellationToken cancellationToken)
    {
        var registrations = new List<byte[]>();
        var withSecrets = new List<string>();
        var number = 0;
        int? counted = null;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (counted is not null)
            {
                throw Broken(name, number, "comes after the end of the export");
            }

            using var json = Parse(line, name, number, isLast: reader.Peek() < 0);
            var root = json.RootElement;
            if (number == 1)
            {
                if (TransferFormat.ProblemOfHead(root) is { } problem)
                {
                    throw new CommandException(ExitCode.Refused, $"{name} {problem}");
                }
            }
            else if (root.TryGetProperty(TransferFormat.End, out _))
            {
                counted = root.TryGetProperty("services"u8, out var count) && count.TryGetInt32(out var services) ? services : -1;
            }
            else
            {
                registrations.Add(Registration(root, name, number));
                if (root.TryGetProperty("health_check_header_names"u8, out _))
                {
                    withSecrets.Add(root.GetProperty("name"u8).ToString());
                }
            }
        }

        if (number == 0)
        {
            throw new CommandException(ExitCode.Refused, $"{name} is empty");
        }

        return counted == registrations.Count
            ? new ImportFile(registrations, withSecrets)
            : throw new CommandException(
                ExitCode.Refused,
                counted is null ? $"{name} is cut off: its last line is missing" : $"{name} should hold {counted} services and holds {registrations.Count}");
    }

    private static JsonDocument Parse(string line, string name, int number, bool isLast)
    {
        if (line.Length > LongestLine)
        {
            throw Broken(name, number, "is longer than any service");
        }

        try
        {
            var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
        }

        throw number == 1 ? new CommandException(ExitCode.Refused, $"{name} is no export of Beacon")
            : isLast ? new CommandException(ExitCode.Refused, $"{name} is cut off in line {number}; nothing was imported")
            : Broken(name, number, "is no JSON object");
    }

    private static byte[] Registration(JsonElement service, string name, int number)
    {
        if (ServiceRules.Required.FirstOrDefault(x => !service.TryGetProperty(x.Name, out _)) is { } missing)
        {
            throw Broken(name, number, $"has no {missing.Name}");
        }

        return JsonText.Of(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in service.EnumerateObject().Where(x => Members.Contains(x.Name)))
            {
                member.WriteTo(writer);
            }

            // Only if it was chosen: otherwise it follows the type, and shall go on doing so.
            var type = service.TryGetProperty("type"u8, out var kind) ? kind.ToString() : "";
            var protocol = service.TryGetProperty("protocol"u8, out var spoken) ? spoken.ToString() : "";
            if (service.TryGetProperty(ServiceRules.MdnsServiceType.Name, out var announced) && announced.ToString() != MdnsServiceTypes.For(type, protocol))
            {
                writer.WriteString(ServiceRules.MdnsServiceType.Name, announced.ToString());
            }

            writer.WriteEndObject();
        });
    }

    private static CommandException Broken(string name, int line, string problem) =>
        new(ExitCode.Refused, $"line {line} of {name} {problem}; nothing was imported");
}
