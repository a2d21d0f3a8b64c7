using System.Buffers.Text;
using Beacon.Aot.Api.Services;
using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>
/// The heartbeat as nearly every client writes it, read and answered without a JSON document: its three members in any order, with or without
/// blanks between them. Whatever is written otherwise is left to <see cref="LiveCommands"/>, which understands all of JSON.
/// </summary>
internal static class LiveHeartbeat
{
    /// <summary>Bytes of an answer at most.</summary>
    public const int MaxAnswer = HeartbeatAnswer.MaxLength + 32;

    private const int LengthOfId = 36;

    private static ReadOnlySpan<byte> Beginning => "{\"type\":\"heartbeat_ack\","u8;

    /// <summary>False: it is something else, or written in another way.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out ServiceId id, out int? ttl)
    {
        (id, ttl) = (default, null);
        var (isHeartbeat, hasId) = (false, false);
        var rest = frame;
        if (!Take(ref rest, "{"u8))
        {
            return false;
        }

        do
        {
            if (Take(ref rest, "\"type\""u8) && !isHeartbeat)
            {
                isHeartbeat = Take(ref rest, ":"u8) && Take(ref rest, "\"heartbeat\""u8);
            }
            else if (Take(ref rest, "\"service_id\""u8) && !hasId)
            {
                hasId = Take(ref rest, ":"u8) && TakeId(ref rest, out id);
            }
            else if (!(Take(ref rest, "\"ttl\""u8) && ttl is null && Take(ref rest, ":"u8) && TakeTtl(ref rest, out ttl)))
            {
                return false;
            }
        }
        while (Take(ref rest, ","u8));
        return Take(ref rest, "}"u8) && isHeartbeat && hasId && rest.TrimStart(" \t\r\n"u8).IsEmpty;
    }

    /// <summary>Byte for byte <see cref="LiveAnswers.HeartbeatAccepted"/>. The target must have room for <see cref="MaxAnswer"/>.</summary>
    /// <returns>Bytes written.</returns>
    public static int Accept(in ServiceView view, Span<byte> target)
    {
        // The object that the HTTP answer is begins with a brace, which the beginning overwrites.
        var length = HeartbeatAnswer.Format(view, target[(Beginning.Length - 1)..]);
        Beginning.CopyTo(target);
        return Beginning.Length - 1 + length;
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> part)
    {
        var text = rest.TrimStart(" \t\r\n"u8);
        if (!text.StartsWith(part))
        {
            return false;
        }

        rest = text[part.Length..];
        return true;
    }

    private static bool TakeId(ref ReadOnlySpan<byte> rest, out ServiceId id)
    {
        if (Take(ref rest, "\""u8) && Utf8Parser.TryParse(rest, out Guid value, out var read, 'D') && read == LengthOfId && rest[read..].StartsWith((byte)'"'))
        {
            id = new ServiceId(value);
            rest = rest[(read + 1)..];
            return true;
        }

        id = default;
        return false;
    }

    private static bool TakeTtl(ref ReadOnlySpan<byte> rest, out int? ttl)
    {
        ttl = null;
        var text = rest.TrimStart(" "u8);
        if (text is not [>= (byte)'1' and <= (byte)'9', ..] || !Utf8Parser.TryParse(text, out int value, out var read)
            || value is < ServiceLimits.MinTtl or > ServiceLimits.MaxTtl)
        {
            return false;
        }

        // A fraction or an exponent behind it fails on what must follow.
        ttl = value;
        rest = text[read..];
        return true;
    }
}
