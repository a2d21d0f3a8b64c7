using System.Text.Json;
using Beacon.Registry.Services;

namespace Beacon.Features.Health.Probing;

/// <summary>Compares a body with what is expected of it.</summary>
internal static class BodyJudge
{
    /// <summary>Characters of a value shown in a message.</summary>
    private const int ShownValue = 40;

    private const string TooLong = "the answer is longer than 64 KiB";

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Null when everything expected is there.</summary>
    public static string? Judge(HealthCheckRequest request, CheckBody body)
    {
        if (request.ExpectedText is { } text && !body.Contains(text))
        {
            return body.IsCut ? $"{Shown(text)} is not in the first 64 KiB of the answer" : $"{Shown(text)} is not in the answer";
        }

        return request.ExpectedJson.Count == 0 ? null : JudgeJson(request, body);
    }

    private static string? JudgeJson(HealthCheckRequest request, CheckBody body)
    {
        if (body.IsCut)
        {
            return $"{TooLong}: its values are not looked at";
        }

        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body.Bytes), Lenient);
            foreach (var (path, expected) in request.ExpectedJson)
            {
                if (JudgeValue(document.RootElement, path, expected) is { } problem)
                {
                    return problem;
                }
            }

            return null;
        }
        catch (JsonException)
        {
            return "the answer is not JSON";
        }
        catch (InvalidOperationException)
        {
            // Text with half a surrogate pair: JSON by its form, and no text.
            return "the answer holds text that is not Unicode";
        }
    }

    private static string? JudgeValue(JsonElement root, string path, string expected)
    {
        if (!HealthJsonPath.TryFind(root, path, out var value))
        {
            return $"the answer has no {Cut(path)}";
        }

        var found = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Object or JsonValueKind.Array => null,
            _ => value.GetRawText(),
        };
        if (found is null)
        {
            return $"{Cut(path)} is not a single value";
        }

        var isSameNumber = value.ValueKind == JsonValueKind.Number
            && decimal.TryParse(expected, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var wanted)
            && value.TryGetDecimal(out var number) && number == wanted;
        return found == expected || isSameNumber ? null : $"{Cut(path)} is {Shown(found)}, expected {Shown(expected)}";
    }

    /// <summary>Some servers write the byte order mark, which is no JSON.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static string Shown(string text) => $"\"{Cut(text)}\"";

    private static string Cut(string text) => text.Length <= ShownValue ? text : text[..ShownValue] + "…";
}
