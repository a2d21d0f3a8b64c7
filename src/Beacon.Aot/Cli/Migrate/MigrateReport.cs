using System.Globalization;
using System.Text;
using System.Text.Json;
using Beacon.Aot.Configuration;
using Beacon.Storage.Mongo.Takeover;

namespace Beacon.Aot.Cli.Migrate;

/// <summary>What a takeover does, or did.</summary>
internal static class MigrateReport
{
    /// <summary>A list longer than a screen helps nobody; JSON has all of it.</summary>
    private const int MostListed = 20;

    public static string Text(TakeoverPlan plan, bool isRehearsal, BeaconOptions options)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{options.Mongo}, database {options.MongoDatabase}, collection {options.ServicesCollection}: {plan.Documents} documents\n");
        text.Append(CultureInfo.InvariantCulture, $"  {plan.Current} have today's form\n");
        text.Append(CultureInfo.InvariantCulture, $"  {plan.Convert} of an earlier version {(isRehearsal ? "would be" : "were")} taken over ({plan.TextDates} with dates as texts, {plan.ObjectIds} with an ObjectId, {plan.Live} with a lease that still runs)\n");
        text.Append(CultureInfo.InvariantCulture, $"  {plan.SetAside.Count} {(isRehearsal ? "would be" : "were")} set aside in {options.ServicesCollection}_set_aside\n");
        foreach (var (document, reason) in plan.SetAside.Take(MostListed))
        {
            text.Append(CultureInfo.InvariantCulture, $"    {document}: {reason}\n");
        }

        if (plan.SetAside.Count > MostListed)
        {
            text.Append(CultureInfo.InvariantCulture, $"    and {plan.SetAside.Count - MostListed} more; --json lists all\n");
        }

        if (plan.MissingIndexes.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  indexes that {(isRehearsal ? "would be" : "were")} made: {string.Join(", ", plan.MissingIndexes)}\n");
        }

        text.Append(plan.IsEmpty ? "Nothing is to be done.\n" : isRehearsal ? "Nothing was changed: this was a rehearsal.\n" : "Done.\n");
        return text.ToString();
    }

    public static string Json(TakeoverPlan plan, bool isRehearsal)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("dry_run"u8, isRehearsal);
            json.WriteNumber("documents"u8, plan.Documents);
            json.WriteNumber("current"u8, plan.Current);
            json.WriteNumber("converted"u8, plan.Convert);
            json.WriteNumber("text_dates"u8, plan.TextDates);
            json.WriteNumber("object_ids"u8, plan.ObjectIds);
            json.WriteNumber("live"u8, plan.Live);
            json.WriteStartArray("set_aside"u8);
            foreach (var (document, reason) in plan.SetAside)
            {
                json.WriteStartObject();
                json.WriteString("document"u8, document);
                json.WriteString("reason"u8, reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("indexes"u8);
            foreach (var index in plan.MissingIndexes)
            {
                json.WriteStringValue(index);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
