using Beacon.LoadTests.Mdns;
using Beacon.Mdns.Wire;

namespace Beacon.Microbench;

/// <summary>Reading a packet to its end: every question and every record, names hashed as a look-up would.</summary>
internal static class Parsing
{
    private const int Neighbours = 6;
    private const int ManyNeighbours = 60;
    private static int _sink;

    public static IEnumerable<(string What, Action Operation)> Operations()
    {
        yield return Parse("parse: question for a type", Questions.Ask("_http._tcp.local", Questions.Ptr));
        yield return Parse("parse: question for an address", Questions.Ask("beacon.local", Questions.A));
        yield return Parse("parse: question for an instance", Questions.Ask("Living room._http._tcp.local", Questions.Srv));
        yield return Parse($"parse: answer with {Neighbours + 1} records", Questions.Chatter("_http._tcp.local", "neighbour", Neighbours));
        yield return Parse($"parse: answer with {ManyNeighbours + 1} records", Questions.Chatter("_http._tcp.local", "neighbour", ManyNeighbours));
    }

    private static (string, Action) Parse(string what, byte[] packet)
    {
        return ($"{what}, {packet.Length} bytes", Run);

        void Run()
        {
            if (MessageReader.Open(packet, out var reader) != WireError.None)
            {
                throw new InvalidOperationException(what);
            }

            while (reader.TryReadQuestion(out var question))
            {
                _sink += question.Name.Hash32();
            }

            while (reader.TryReadRecord(out var record))
            {
                _sink += record.Name.Hash32();
            }
        }
    }
}
