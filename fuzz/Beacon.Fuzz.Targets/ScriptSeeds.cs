namespace Beacon.Fuzz.Targets;

/// <summary>Short scripts for the engine: a packet among ordinary life, a conflict, a tie-break, a truncated query, services, links.</summary>
internal static class ScriptSeeds
{
    private const byte Datagram = (byte)ScriptStep.Datagram;
    private const byte Composed = (byte)ScriptStep.Composed;
    private const byte Echo = (byte)ScriptStep.Echo;
    private const byte Wait = (byte)ScriptStep.Wait;
    private const byte LongWait = (byte)ScriptStep.LongWait;
    private const byte Service = (byte)ScriptStep.Service;
    private const byte Links = (byte)ScriptStep.Links;
    private const byte Lookup = (byte)ScriptStep.Lookup;

    /// <summary>The packet from a neighbour, from a resolver and off the link, with time between.</summary>
    public static byte[] Around(byte[] packet)
    {
        byte[] length = [(byte)(packet.Length >> 8), (byte)packet.Length];
        return
        [
            0, Datagram, 0, .. length, .. packet, Wait, 20, Datagram, 2, .. length, .. packet, Wait, 20,
            Datagram, 0x27, .. length, .. packet, LongWait, 2,
        ];
    }

    public static IEnumerable<byte[]> All() =>
    [
        [0],
        [4, LongWait, 1, Service, 1, 0, LongWait, 5, Service, 1, 9, LongWait, 5, Service, 0xC1, 0, LongWait, 5],

        // Eight services, host names found and lost.
        [0, Service, 1, 0, Service, 2, 0, Service, 3, 0, Service, 4, 0, Service, 5, 0, Service, 6, 0, Service, 7, 0, LongWait, 5,
            Lookup, 3, LongWait, 70, Lookup, 0x83, LongWait, 70, Service, 0xA2, 0, Service, 0xE3, 0, Wait, 5],

        // A question for everything, then with known answers; a probe for our host; a response with other data; its goodbye.
        [0, Composed, 0, 0, 0, 0, 3, 6, 2, 3, 6, 0, 6, 0, 0, 0, Wait, 30],
        [0, Composed, 0, 0, 0, 0, 1, 6, 2, 1, 6, 2, 8, 3, 0, 0, Wait, 30],
        [4, Wait, 30, Composed, 1, 0, 0, 0, 1, 0, 6, 0, 1, 0, 0, 5, 2, 0, Wait, 30, LongWait, 3],
        [0, Composed, 1, 0, 0x84, 0, 0, 1, 0, 0x80, 5, 2, 0, 0, Wait, 60, Composed, 1, 0, 0x84, 0, 0, 1, 0, 0x80, 5, 2, 0, 0, LongWait, 9],
        [0, Composed, 1, 0, 0x84, 0, 0, 1, 9, 0x83, 5, 0x45, 0, 0, LongWait, 5, Composed, 1, 0, 0x84, 0, 0, 1, 9, 0x83, 0, 0x45, 0, 0],

        // Truncated, then the rest.
        [0, Composed, 0, 0, 2, 0, 1, 6, 2, 0, 0, 0, Wait, 5, Composed, 0, 0, 0, 0, 0, 1, 6, 2, 8, 3, 0, 0, LongWait, 1],

        // Our own words from elsewhere, as they were and with one byte changed.
        [4, Wait, 40, Echo, 1, 0, 0, Wait, 30, Echo, 0, 0, 1, 0, 50, 9, LongWait, 4],
        [0, Echo, 1, 0, 0, Echo, 0x11, 1, 0, Echo, 1, 2, 2, 0, 20, 1, 0, 90, 7, LongWait, 2],

        // Cables.
        [0, Links, 1, LongWait, 2, Links, 3, LongWait, 1, Links, 4, LongWait, 5, Links, 5, LongWait, 3, Links, 6, LongWait, 3, Links, 7],
        [1, Links, 2, Service, 2, 0, Wait, 50, Links, 0, Composed, 0x10, 0, 0, 0, 1, 0, 6, 0, 0, 0, LongWait, 2],
    ];
}
