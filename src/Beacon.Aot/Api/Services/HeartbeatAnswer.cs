using System.Buffers.Text;
using System.Diagnostics;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// The answer to a heartbeat, byte for byte what <see cref="ServiceAnswers.SendHeartbeat"/> writes, put together without a JSON writer: every
/// part of it is of a known form and none needs escaping.
/// </summary>
internal static class HeartbeatAnswer
{
    /// <summary>Bytes at most.</summary>
    public const int MaxLength = 256;

    /// <summary>Returns how many bytes were written; the target must have room for <see cref="MaxLength"/>.</summary>
    public static int Format(in ServiceView view, Span<byte> target)
    {
        var length = Copy("{\"service_id\":\""u8, target);
        var written = Utf8Formatter.TryFormat(view.Id.Value, target[length..], out var id);
        Debug.Assert(written, "The target has room for everything.");
        length += id;
        length += Copy("\",\"status\":\""u8, target[length..]);
        length += Copy(ServiceStatusText.Of(view.Status).EncodedUtf8Bytes, target[length..]);
        length += Copy("\",\"expires_at\":\""u8, target[length..]);
        length += UtcText.Format(view.Lease.ExpiresAt, target[length..]);
        length += Copy("\",\"last_heartbeat\":\""u8, target[length..]);
        length += UtcText.Format(view.Lease.LastHeartbeat, target[length..]);
        length += Copy("\",\"message\":\"Heartbeat received successfully\"}"u8, target[length..]);
        return length;
    }

    private static int Copy(ReadOnlySpan<byte> part, Span<byte> target)
    {
        part.CopyTo(target);
        return part.Length;
    }
}
