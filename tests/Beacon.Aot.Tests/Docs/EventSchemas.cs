using System.Text.Json.Nodes;
using Beacon.Storage.Events;

namespace Beacon.Aot.Tests.Docs;

/// <summary>Bodies of the event log.</summary>
internal static class EventSchemas
{
    public static JsonObject Event() => Schema.Complete(
        ("id", Schema.Integer("Rises with each entry, across restarts too.")),
        ("timestamp", Schema.Instant("When it happened, to the millisecond.")),
        ("kind", Schema.Enumeration(EventKindText.All)),
        ("service_id", Schema.Nullable(Schema.Uuid("It may be gone. Null for what is about Beacon or many services."))),
        ("service_name", Schema.Nullable(Schema.Text("As it was then."))),
        ("source", Schema.Nullable(Schema.Text("Address of whoever asked for it or caused it, where that is known."))),
        ("detail", Schema.Nullable(Schema.Text("At most 256 characters."))));

    public static JsonObject Events() => Schema.Complete(
        ("events", Schema.List(Schema.Ref("Event"))),
        ("next", Schema.Nullable(Schema.Integer("What before is for the next page; null on the last one."))));
}
