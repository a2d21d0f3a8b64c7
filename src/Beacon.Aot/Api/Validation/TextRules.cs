using System.Text.Json;
using Beacon.Features.Health;
using Beacon.Features.Health.Probing;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Validation;

/// <summary>Texts: their length in characters (code points, as every client counts them) and their form.</summary>
internal static class TextRules
{
    private const string NoControlCharacters = "must not contain control characters";
    private const string NoProbeUrl = "must be an absolute http://, https:// or tcp://host:port address";
    private const string NoServiceType = "must be a DNS-SD service type such as _ipp._tcp or _coap._udp, perhaps with subtypes: _ipp._tcp,_printer";
    private const string NoStatusRanges = "must be HTTP statuses such as 200-299 or 200,204,301-302";
    private const string NoJsonPath = "must be a path into JSON such as status or checks[0].state";
    private const string NoHeaderName = "must be the name of an HTTP header other than Host, Connection, Content-Length, Transfer-Encoding, Upgrade, TE, Trailer, Expect and Proxy-*";
    private const string NoTxtKey = "must be printable ASCII without '='";

    public static string? Read(in JsonElement value, FieldRule rule, in Location at, Problems problems)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add(at, "string_type", "Input should be a valid string", value.GetRawText());
            return null;
        }

        var text = value.GetString()!;
        return Check(text, rule, at, problems) ? text : null;
    }

    public static bool Check(string text, FieldRule rule, in Location at, Problems problems)
    {
        var length = CodePoints(text);
        if (length < rule.Min)
        {
            problems.Add(
                at,
                "string_too_short",
                $"String should have at least {rule.Min} {Plural("character", rule.Min)}",
                Problems.Quote(text),
                $"{{\"min_length\":{rule.Min}}}");
            return false;
        }

        if (length > rule.Max)
        {
            problems.Add(
                at,
                "string_too_long",
                $"String should have at most {rule.Max} {Plural("character", rule.Max)}",
                Problems.Quote(text),
                $"{{\"max_length\":{rule.Max}}}");
            return false;
        }

        if (rule.Choices.Count > 0 && !rule.Choices.Contains(text))
        {
            var expected = Listed(rule.Choices);
            problems.Add(at, "enum", $"Input should be {expected}", Problems.Quote(text), $"{{\"expected\":{Problems.Quote(expected)}}}");
            return false;
        }

        if (Broken(rule.Form, text) is { } broken)
        {
            problems.AddValueError(at, broken, Problems.Quote(text));
            return false;
        }

        return true;
    }

    /// <summary>What is wrong with the form of a text, as the end of a sentence; null: nothing.</summary>
    public static string? Broken(TextForm form, string text) => form switch
    {
        TextForm.Free => null,
        _ when text.Any(char.IsControl) => NoControlCharacters,
        TextForm.ProbeUrl when !IsProbeUrl(text) => NoProbeUrl,
        TextForm.ServiceType when !MdnsServiceTypes.IsValidWithSubtypes(text) => NoServiceType,
        TextForm.StatusRanges when !StatusRanges.IsValid(text) => NoStatusRanges,
        TextForm.JsonPath when !HealthJsonPath.IsValid(text) => NoJsonPath,
        TextForm.HeaderName when !CheckHeaders.IsValidName(text) => NoHeaderName,
        TextForm.TxtKey when text.Any(c => c is < ' ' or > '~' or '=') => NoTxtKey,
        _ => null,
    };

    private static bool IsProbeUrl(string text) =>
        text.Length == 0
        || (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Host.Length > 0
            && (url.Scheme is "http" or "https" || (url.Scheme is "tcp" && url.Port > 0)));

    private static int CodePoints(string text)
    {
        var count = text.Length;
        foreach (var unit in text)
        {
            count -= char.IsLowSurrogate(unit) ? 1 : 0;
        }

        return count;
    }

    private static string Listed(IReadOnlyList<string> choices) =>
        string.Join(", ", choices.SkipLast(1).Select(x => $"'{x}'")) + $" or '{choices[^1]}'";

    private static string Plural(string noun, int count) => count == 1 ? noun : noun + "s";
}
