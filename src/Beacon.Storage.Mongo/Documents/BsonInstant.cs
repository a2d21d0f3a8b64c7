using System.Globalization;
using MongoDB.Bson;

namespace Beacon.Storage.Mongo.Documents;

/// <summary>Instants as BSON dates, which have milliseconds; what is below is kept beside them.</summary>
internal static class BsonInstant
{
    private const int MicrosecondsPerMillisecond = 1000;

    public static BsonDateTime From(DateTimeOffset instant) => new(FloorMilliseconds(instant));

    /// <summary>0 to 999.</summary>
    public static int Remainder(DateTimeOffset instant) => (int)((Microseconds(instant) % MicrosecondsPerMillisecond + MicrosecondsPerMillisecond) % MicrosecondsPerMillisecond);

    /// <summary>A BSON date, or the text the earlier implementation wrote: ISO 8601 with an offset or Z, with or without a fraction.</summary>
    public static bool TryRead(BsonValue value, int remainder, out DateTimeOffset instant)
    {
        instant = default;
        if (value is BsonDateTime date)
        {
            if (!date.IsValidDateTime)
            {
                return false;
            }

            instant = new DateTimeOffset(date.ToUniversalTime(), TimeSpan.Zero).AddMicroseconds(remainder);
            return true;
        }

        return value.IsString && DateTimeOffset.TryParse(
            value.AsString, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }

    private static long Microseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private static long FloorMilliseconds(DateTimeOffset instant) => (Microseconds(instant) - Remainder(instant)) / MicrosecondsPerMillisecond;
}
