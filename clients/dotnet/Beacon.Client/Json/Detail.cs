using System.Text.Json;

namespace Beacon.Client.Json;

/// <summary>What Beacon said when it refused.</summary>
internal static class Detail
{
    /// <summary>Its sentence, or of a list of problems each with its member: <c>port: Input should be …</c>. Null when it is not Beacon's.</summary>
    public static string? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var detail = document.RootElement.GetProperty("detail");
            return detail.ValueKind == JsonValueKind.Array ? string.Join("; ", detail.EnumerateArray().Select(Problem)) : detail.GetString();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string Problem(JsonElement problem)
    {
        // ["body", "port"]: where, then which.
        var place = problem.GetProperty("loc").EnumerateArray().Select(part => part.ToString()).ToArray();
        var member = place.Length > 1 ? string.Join('.', place[1..]) : place.FirstOrDefault();
        return $"{member}: {problem.GetProperty("msg").GetString()}";
    }
}
