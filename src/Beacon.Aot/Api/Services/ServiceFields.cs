using System.Text.Json;
using Beacon.Aot.Api.Validation;
using Beacon.Registry.Services;
using Beacon.Storage;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// The members of one request body that are there, checked; null: not said. Valid only when no problem was found. Unknown members are
/// ignored; of a member given twice the last one counts.
/// </summary>
internal sealed class ServiceFields
{
    private const JsonValueKind NotSaid = JsonValueKind.Undefined;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly Problems _problems;

    public ServiceFields(in JsonElement body, IReadOnlyList<FieldRule> required, Problems problems)
    {
        _problems = problems;
        foreach (var member in body.EnumerateObject())
        {
            _members[member.Name] = member.Value;
        }

        foreach (var rule in required)
        {
            if (!_members.ContainsKey(rule.Name))
            {
                problems.Add(Location.BodyField(rule.Name), "missing", "Field required", body.GetRawText());
            }
        }
    }

    public string? Text(FieldRule rule) =>
        Said(rule) is { ValueKind: not NotSaid } value ? TextRules.Read(value, rule, Location.BodyField(rule.Name), _problems) : null;

    public int? Integer(FieldRule rule) =>
        Said(rule) is { ValueKind: not NotSaid } value ? IntegerReader.Read(value, rule, Location.BodyField(rule.Name), _problems) : null;

    public bool? Boolean(FieldRule rule) =>
        Said(rule) is { ValueKind: not NotSaid } value ? BooleanReader.Read(value, Location.BodyField(rule.Name), _problems) : null;

    public IReadOnlyList<string>? List(FieldRule rule) =>
        Said(rule) is { ValueKind: not NotSaid } value ? ListReader.Read(value, rule, Location.BodyField(rule.Name), _problems) : null;

    public IReadOnlyList<KeyValuePair<string, string>>? Map(FieldRule rule) =>
        Said(rule) is { ValueKind: not NotSaid } value ? MapReader.Read(value, rule, Location.BodyField(rule.Name), _problems) : null;

    public HealthCheckPatch HealthCheck()
    {
        var url = Text(ServiceRules.HealthCheckUrl);
        return new(
            _members.ContainsKey(ServiceRules.HealthCheckUrl.Name),
            string.IsNullOrEmpty(url) ? null : url,
            IsNull(ServiceRules.HealthCheckInterval)
                ? HealthCheckSettings.Default.IntervalSeconds
                : Integer(ServiceRules.HealthCheckInterval),
            Integer(ServiceRules.HealthCheckTimeout),
            Integer(ServiceRules.HealthCheckRetries),
            Boolean(ServiceRules.HealthCheckEnabled),
            Boolean(ServiceRules.FallbackToHealthCheck))
        {
            Request = HealthCheckRequest(),
        };
    }

    public LeaseSource? LeaseSource() => LeaseSourceText.Read(Text(ServiceRules.LeaseSource));

    private HealthCheckRequestPatch HealthCheckRequest()
    {
        var text = Text(ServiceRules.HealthCheckExpectedText);
        var patch = new HealthCheckRequestPatch(
            CheckMethodText.Read(Text(ServiceRules.HealthCheckMethod)),
            Map(ServiceRules.HealthCheckHeaders),
            Text(ServiceRules.HealthCheckExpectedStatus),
            _members.ContainsKey(ServiceRules.HealthCheckExpectedText.Name),
            string.IsNullOrEmpty(text) ? null : text,
            Map(ServiceRules.HealthCheckExpectedJson),
            Boolean(ServiceRules.HealthCheckInsecure));
        if (patch is { Method: CheckMethod.Head } && (patch.ExpectedText is not null || patch.ExpectedJson is { Count: > 0 }))
        {
            _problems.AddValueError(
                Location.BodyField(ServiceRules.HealthCheckMethod.Name),
                "must be GET where a text or a value is expected: an answer to HEAD has no body",
                "\"HEAD\"");
        }

        return patch;
    }

    private bool IsNull(FieldRule rule) =>
        rule.AllowsNull && _members.TryGetValue(rule.Name, out var value) && value.ValueKind == JsonValueKind.Null;

    private JsonElement Said(FieldRule rule) =>
        _members.TryGetValue(rule.Name, out var value) && !IsNull(rule) ? value : default;
}
