using System.Globalization;
using System.Text;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Simulation;

/// <summary>The last things that happened, put into words only when somebody wants to read them.</summary>
internal sealed class Trace
{
    private readonly Queue<(long At, object What)> _last = new();

    /// <summary>Entries kept. The packets that lead to a failure lie within a few seconds before it.</summary>
    public int Capacity { get; set; } = 120;

    public void Add(long at, object what)
    {
        if (_last.Count == Capacity)
        {
            _last.Dequeue();
        }

        _last.Enqueue((at, what));
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (at, what) in _last)
        {
            text.Append(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(at).TotalSeconds,12:0.000000}  ");
            text.AppendLine(what is WirePacket packet ? Describe(packet) : "-- " + what);
        }

        return text.ToString();
    }

    private static string Describe(WirePacket packet)
    {
        var text = new StringBuilder();
        var message = packet.Message;
        text.Append(CultureInfo.InvariantCulture, $"{packet.From.Host.Name}/{packet.From.Index} on {packet.From.Segment.Id}");
        text.Append(packet.IPv6 ? " v6" : "").Append(packet.Destination is null ? " to all: " : $" to {packet.Destination}: ");
        text.Append(message.IsResponse ? "response" : message.IsProbe ? "probe" : "query");
        foreach (var question in message.Questions)
        {
            text.Append(CultureInfo.InvariantCulture, $" | {question.Name} {question.Type}{(question.WantsUnicast ? " QU" : "")}?");
        }

        Append(text, "", message.Answers);
        Append(text, "auth ", message.Authorities);
        Append(text, "add ", message.Additionals);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string section, List<DecodedRecord> records)
    {
        foreach (var record in records)
        {
            text.Append(" | ").Append(section).Append(record);
        }
    }
}
