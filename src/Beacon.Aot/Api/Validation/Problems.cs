using System.Text.Json;

namespace Beacon.Aot.Api.Validation;

/// <summary>
/// Everything wrong with one request, in the order of the rules. Bounded by them: a list that is too long is one problem, not one per entry.
/// </summary>
internal sealed class Problems
{
    private readonly List<Problem> _found = [];

    public bool Any => _found.Count > 0;

    public IReadOnlyList<Problem> Found => _found;

    public void Add(in Location at, string type, string message, string input, string? context = null) =>
        _found.Add(new Problem(at, type, message, input, context));

    /// <summary>A rule that has no type of its own.</summary>
    public void AddValueError(in Location at, string rule, string input) =>
        Add(at, "value_error", $"Value error, {rule}", input, $"{{\"error\":{Quote(rule)}}}");

    /// <summary>422 with all of it.</summary>
    public void Send(HttpContext context)
    {
        using var body = JsonBody.Rent();
        var writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteStartArray("detail"u8);
        foreach (var problem in _found)
        {
            problem.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        ApiAnswer.Send(context, StatusCodes.Status422UnprocessableEntity, body);
    }

    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JsonOutput.Options.Encoder)}\"";
}
