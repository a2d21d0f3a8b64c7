using System.Text.Json;

namespace Beacon.Aot.Api.Validation;

/// <summary>One thing wrong with a request, in the form clients of the earlier implementation know from pydantic.</summary>
/// <param name="Type">Machine-readable: <c>string_too_long</c>.</param>
/// <param name="Input">The offending value as JSON.</param>
/// <param name="Context">The bound that was broken, as a JSON object; null when there is none.</param>
internal readonly record struct Problem(Location At, string Type, string Message, string Input, string? Context = null)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Type);
        At.Write(writer);
        writer.WriteString("msg"u8, Message);
        writer.WritePropertyName("input"u8);
        writer.WriteRawValue(Input, skipInputValidation: true);
        if (Context is not null)
        {
            writer.WritePropertyName("ctx"u8);
            writer.WriteRawValue(Context, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }
}
