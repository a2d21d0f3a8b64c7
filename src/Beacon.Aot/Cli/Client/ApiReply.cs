using System.Net;
using System.Text;
using System.Text.Json;

namespace Beacon.Aot.Cli.Client;

/// <summary>What a Beacon answered.</summary>
internal readonly record struct ApiReply(HttpStatusCode Status, byte[] Body)
{
    private const int FirstServerError = 500;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The answer's JSON.</summary>
    /// <exception cref="CommandException">It was a refusal, or no JSON.</exception>
    public JsonDocument Parse()
    {
        if (!IsSuccess)
        {
            throw ToException();
        }

        return TryParse() ?? throw new CommandException(ExitCode.Unavailable, "the answer is no JSON; this is no Beacon, or something stands between");
    }

    /// <summary>Null when it is no JSON object or list.</summary>
    public JsonDocument? TryParse()
    {
        try
        {
            var document = JsonDocument.Parse(Body);
            if (document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
        }

        return null;
    }

    public string Text() => Encoding.UTF8.GetString(Body);

    /// <summary>Beacon's own words, made one sentence.</summary>
    public CommandException ToException()
    {
        var code = Status switch
        {
            HttpStatusCode.NotFound => ExitCode.Failed,
            _ when (int)Status >= FirstServerError => ExitCode.Unavailable,
            _ => ExitCode.Refused,
        };
        return new CommandException(code, Sentence());
    }

    private string Sentence()
    {
        using var document = TryParse();
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("detail"u8, out var detail))
        {
            return $"answered with status {(int)Status}; this is no Beacon, or something stands between";
        }

        return PlainText.Of(detail.ValueKind == JsonValueKind.Array ? string.Join("; ", detail.EnumerateArray().Select(Problem)) : detail.ToString());
    }

    private static string Problem(JsonElement problem)
    {
        var message = problem.TryGetProperty("msg"u8, out var msg) ? msg.ToString() : problem.ToString();
        return problem.TryGetProperty("loc"u8, out var loc) && loc.ValueKind == JsonValueKind.Array && loc.GetArrayLength() > 1
            ? $"{string.Join('.', loc.EnumerateArray().Skip(1))}: {message}"
            : message;
    }
}
