using System.Text.Json.Nodes;

namespace Beacon.Aot.Tests.Live;

/// <summary>What the earlier dashboard does with each message, faithfully: it appends without looking whether a card is there already.</summary>
internal sealed class OldDashboard
{
    public List<JsonObject> Cards { get; } = [];

    /// <summary>How often it would have read the list again.</summary>
    public int Refetches { get; private set; }

    public IEnumerable<string> Names => Cards.Select(card => card["name"]!.GetValue<string>());

    public void Take(JsonObject message)
    {
        var data = message["data"]?.AsObject();
        switch (message["type"]!.GetValue<string>())
        {
            case "service_registered":
                Cards.Add(data!.DeepClone().AsObject());
                break;
            case "service_updated" when Find(data!) is { } card:
                Cards[Cards.IndexOf(card)] = data!.DeepClone().AsObject();
                break;
            case "service_deregistered" when Find(data!) is { } card:
                Cards.Remove(card);
                break;
            case "service_heartbeat" when Find(data!) is { } card:
                card["expires_at"] = data!["expires_at"]!.DeepClone();
                break;
            case "services_cleanup":
                Refetches++;
                break;
            default:
                // Logged as unknown.
                break;
        }
    }

    private JsonObject? Find(JsonObject data) =>
        Cards.Find(card => card["service_id"]!.GetValue<string>() == data["service_id"]!.GetValue<string>());
}
