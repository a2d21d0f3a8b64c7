using System.Text.Json;
using Beacon.Aot.Api.Validation;
using Microsoft.Extensions.Primitives;

namespace Beacon.Aot.Api.Services;

/// <summary>Lists asked for by query string (GET) or by body (POST). Unknown parameters and members are ignored.</summary>
internal static class ServiceQueryReader
{
    private static readonly FieldRule[] Texts =
    [
        QueryRules.Type, QueryRules.Protocol, QueryRules.Status, QueryRules.Name, QueryRules.Host, QueryRules.Text,
    ];

    public static ServiceQuery? ReadQuery(IQueryCollection query, Problems problems)
    {
        var builder = new ServiceQueryBuilder(problems);
        foreach (var rule in Texts)
        {
            builder.Add(rule, Last(query[rule.Name]), Location.QueryParameter(rule.Name));
        }

        builder.AddTags(query[QueryRules.Tags.Name].OfType<string>());
        foreach (var (name, values) in query)
        {
            if (name.StartsWith(QueryRules.MetadataPrefix, StringComparison.Ordinal))
            {
                builder.AddMetadata(name[QueryRules.MetadataPrefix.Length..], Last(values) ?? "");
            }
        }

        ReadPage(query, builder, problems);
        return problems.Any ? null : builder.Build();
    }

    /// <param name="body">Null members count as not given.</param>
    public static ServiceQuery? ReadBody(in JsonElement body, IQueryCollection query, Problems problems)
    {
        var builder = new ServiceQueryBuilder(problems);
        foreach (var rule in Texts)
        {
            if (Given(body, rule) is { ValueKind: not JsonValueKind.Undefined } value)
            {
                var at = Location.BodyField(rule.Name);
                builder.Add(rule, TextRules.Read(value, rule, at, problems), at);
            }
        }

        if (Given(body, QueryRules.Tags) is { ValueKind: not JsonValueKind.Undefined } tags)
        {
            builder.AddTags(ListReader.Read(tags, QueryRules.Tags, Location.BodyField(QueryRules.Tags.Name), problems) ?? []);
        }

        if (Given(body, QueryRules.Metadata) is { ValueKind: not JsonValueKind.Undefined } metadata)
        {
            foreach (var (key, value) in
                MapReader.Read(metadata, QueryRules.Metadata, Location.BodyField(QueryRules.Metadata.Name), problems) ?? [])
            {
                builder.AddMetadata(key, value);
            }
        }

        ReadPage(query, builder, problems);
        return problems.Any ? null : builder.Build();
    }

    /// <summary>An empty parameter counts as not given.</summary>
    public static int? ReadInteger(IQueryCollection query, FieldRule rule, Problems problems) =>
        Last(query[rule.Name]) is { Length: > 0 } text
            ? IntegerReader.ReadText(text, rule, Location.QueryParameter(rule.Name), problems)
            : null;

    private static void ReadPage(IQueryCollection query, ServiceQueryBuilder builder, Problems problems)
    {
        builder.Limit = ReadInteger(query, QueryRules.Limit, problems) ?? builder.Limit;
        builder.Skip = ReadInteger(query, QueryRules.Skip, problems) ?? builder.Skip;
    }

    private static JsonElement Given(in JsonElement body, FieldRule rule) =>
        body.TryGetProperty(rule.Name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    private static string? Last(StringValues values) => values.Count == 0 ? null : values[^1];
}
