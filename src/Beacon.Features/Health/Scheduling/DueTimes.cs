using System.Buffers.Binary;
using Beacon.Registry.Services;

namespace Beacon.Features.Health.Scheduling;

/// <summary>
/// When services are checked. Each has a grid of its own: points one interval apart whose phase follows from its id, so that services
/// registered in one second are not checked in one second for ever, and nothing that is late ever moves the next point.
/// </summary>
internal sealed class DueTimes
{
    private const int IdBytes = 16;
    private static readonly long Spacing = TimeSpan.TicksPerSecond / HealthLimits.FirstChecksPerSecond;
    private long _nextFirst;

    /// <summary>
    /// For a service that just came or changed: now, behind those that came just before; and somewhere within the next 30 s when they are
    /// so many that its turn would come later.
    /// </summary>
    public long First(long now, ServiceId id, long intervalTicks)
    {
        var window = Math.Min(intervalTicks, HealthLimits.LongestSpread.Ticks);
        var turn = Math.Max(now, _nextFirst);
        if (turn - now > window)
        {
            return now + (long)(Fraction(id) * window);
        }

        _nextFirst = turn + Spacing;
        return turn;
    }

    /// <summary>The first point of the service's grid after <paramref name="after"/>, so at most one interval later.</summary>
    public static long Regular(long after, ServiceId id, long intervalTicks)
    {
        var phase = (long)(Fraction(id) * intervalTicks);
        var since = after - phase;
        var passed = since >= 0 ? since / intervalTicks : -((-since + intervalTicks - 1) / intervalTicks);
        return phase + ((passed + 1) * intervalTicks);
    }

    /// <summary>From 0 to 1, evenly: ids are random. From their end, because services may come in the order of their beginning.</summary>
    private static double Fraction(ServiceId id)
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        id.Value.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]) / (uint.MaxValue + 1.0);
    }
}
