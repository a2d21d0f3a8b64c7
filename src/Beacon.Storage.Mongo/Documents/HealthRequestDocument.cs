using Beacon.Registry.Health;
using Beacon.Registry.Services;
using MongoDB.Bson;

namespace Beacon.Storage.Mongo.Documents;

/// <summary>What a check sends and expects; null when all of it is the default.</summary>
internal static class HealthRequestDocument
{
    private const string Method = "method";
    private const string Headers = "headers";
    private const string ExpectedStatus = "expected_status";
    private const string ExpectedText = "expected_text";
    private const string ExpectedJson = "expected_json";
    private const string Insecure = "insecure";

    public static BsonValue From(HealthCheckRequest request) =>
        request == HealthCheckRequest.Default
            ? BsonNull.Value
            : new BsonDocument
            {
                { Method, CheckMethodText.From(request.Method) },
                { Headers, BsonText.From(request.Headers) },
                { ExpectedStatus, request.ExpectedStatus },
                { ExpectedText, request.ExpectedText is { } text ? BsonText.From(text) : BsonNull.Value },
                { ExpectedJson, BsonText.From(request.ExpectedJson) },
                { Insecure, request.Insecure },
            };

    public static HealthCheckRequest Read(BsonValue value) =>
        value is not BsonDocument document
            ? HealthCheckRequest.Default
            : new HealthCheckRequest
            {
                Method = CheckMethodText.Read(Text(document, Method)) ?? CheckMethod.Get,
                Headers = BsonText.ReadEntries(document.GetValue(Headers, BsonNull.Value)),
                ExpectedStatus = Text(document, ExpectedStatus) is { } ranges && StatusRanges.IsValid(ranges) ? ranges : StatusRanges.Default,
                ExpectedText = Text(document, ExpectedText),
                ExpectedJson = BsonText.ReadEntries(document.GetValue(ExpectedJson, BsonNull.Value)),
                Insecure = document.GetValue(Insecure, false) == true,
            };

    private static string? Text(BsonDocument document, string field) =>
        document.TryGetValue(field, out var value) && value.IsString ? value.AsString : null;
}
