using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>One line of watch.py.</summary>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Packet">Counts packets, so that records of one packet can be told.</param>
internal readonly record struct HeardRecord(double Time, int Packet, string Section, int Ttl, int Type, string Name, string Value)
{
    /// <summary>Nothing for a line that is no record.</summary>
    public static HeardRecord Parse(string line)
    {
        var fields = line.Split('\t');
        return fields.Length < 8
            ? default
            : new HeardRecord(
                double.Parse(fields[0], CultureInfo.InvariantCulture),
                int.Parse(fields[2], CultureInfo.InvariantCulture),
                fields[3],
                int.Parse(fields[4], CultureInfo.InvariantCulture),
                int.Parse(fields[5], CultureInfo.InvariantCulture),
                fields[6],
                fields[7]);
    }
}
