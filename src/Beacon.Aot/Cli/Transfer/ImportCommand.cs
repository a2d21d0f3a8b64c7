using System.Globalization;
using Beacon.Aot.Cli.Client;
using Beacon.Aot.Cli.Services;

namespace Beacon.Aot.Cli.Transfer;

/// <summary><c>beacon import</c>: registers everything of an export.</summary>
internal static class ImportCommand
{
    /// <summary>Registrations under way: enough that many share one sync of the disk, few enough for the smallest board.</summary>
    private const int AtOnce = 32;
    private const int MostNamed = 10;

    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        var path = context.Line.Words.FirstOrDefault() ?? "-";
        var name = path == "-" ? "standard input" : path;
        using var reader = Open(path);
        var file = await ImportFile.ReadAsync(reader, name, context.Stopping);
        if (context.Line.Has(VerbOption.DryRun))
        {
            context.Terminal.Complain($"{name} is good: {file.Registrations.Count} services; nothing was changed, this was a rehearsal");
            return ExitCode.Ok;
        }

        using var api = await BeaconApi.OpenAsync(context);
        var done = 0;
        var refused = new List<string>();
        await Parallel.ForEachAsync(
            file.Registrations,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = context.Stopping },
            async (body, cancellationToken) =>
            {
                var reply = await api.SendAsync(HttpMethod.Post, "services/register", body, cancellationToken);
                if (reply.IsSuccess)
                {
                    Interlocked.Increment(ref done);
                    return;
                }

                var problem = reply.ToException();
                if (problem.Code != ExitCode.Refused)
                {
                    throw new CommandException(problem.Code, $"{problem.Message}; {done} services were imported before, importing again is safe");
                }

                using var json = System.Text.Json.JsonDocument.Parse(body);
                lock (refused)
                {
                    refused.Add($"{new ServiceLine(json.RootElement).Name}: {problem.Message}");
                }
            });
        Report(context, file, done, refused);
        await context.Terminal.Out.FlushAsync();
        return refused.Count == 0 ? ExitCode.Ok : ExitCode.Refused;
    }

    private static void Report(CommandContext context, ImportFile file, int done, List<string> refused)
    {
        if (context.Line.Json)
        {
            context.Terminal.Out.WriteLine(JsonText.Line(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("imported"u8, done);
                JsonText.WriteTexts(writer, "refused", refused);
                JsonText.WriteTexts(writer, "without_header_values", file.WithSecrets);
                writer.WriteEndObject();
            }));
            return;
        }

        context.Terminal.Complain($"{done} services imported");
        Name(context.Terminal, "was refused", refused);
        Name(context.Terminal, "is checked with headers whose values are secret and in no export: set them again", file.WithSecrets);
    }

    private static void Name(Terminal terminal, string what, IReadOnlyList<string> names)
    {
        foreach (var name in names.Take(MostNamed))
        {
            terminal.Complain($"{name} {what}");
        }

        if (names.Count > MostNamed)
        {
            terminal.Complain(string.Create(CultureInfo.InvariantCulture, $"and {names.Count - MostNamed} more"));
        }
    }

    private static StreamReader Open(string path)
    {
        if (path == "-")
        {
            return new StreamReader(Console.OpenStandardInput());
        }

        try
        {
            return new StreamReader(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.NoInput, $"{path} cannot be read: {exception.Message}");
        }
    }
}
