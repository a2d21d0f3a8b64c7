using System.Text;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// Builds the data of a TXT record string by string: first writer of a key wins, and what does not fit is left out rather than cut
/// (RFC 6763 §6).
/// </summary>
internal sealed class TxtBuilder
{
    private const string VersionKey = "version";
    private const string DefaultVersion = "1.0.0";
    private const char FirstPrintable = ' ';
    private const char LastPrintable = '~';

    private readonly HashSet<string> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<byte> _bytes = [];

    /// <summary>The five core keys, tags, the client's own TXT entries, then metadata for as long as there is room.</summary>
    /// <param name="mark">Told as <c>status</c>, before anything the client calls so; null: nothing is.</param>
    public static byte[] ForService(ServiceInstance service, string? mark = null)
    {
        var txt = new TxtBuilder();
        txt.Add("service_id", service.Id.ToString());
        txt.AddCut("name", service.Name);
        txt.AddCut("type", service.Type);
        txt.AddCut("protocol", service.Protocol);
        txt.AddCut(VersionKey, VersionOf(service));
        if (mark is not null)
        {
            txt.Add("status", mark);
        }

        if (service.Tags.Count > 0)
        {
            txt.AddTags(service.Tags);
        }

        foreach (var (key, value) in service.MdnsTxtRecords)
        {
            txt.Add(key, value);
        }

        foreach (var (key, value) in service.Metadata)
        {
            txt.Add(key, value);
        }

        return txt.ToRdata();
    }

    /// <summary>Adds <c>key=value</c> unless the key is taken or not allowed, or the string or the whole would become too long.</summary>
    public bool Add(string key, string value)
    {
        if (!IsKey(key) || _keys.Contains(key))
        {
            return false;
        }

        var length = key.Length + 1 + Encoding.UTF8.GetByteCount(value);
        if (length > MdnsLimits.TxtString || _bytes.Count + 1 + length > MdnsLimits.TxtRecord)
        {
            return false;
        }

        _keys.Add(key);
        _bytes.Add((byte)length);
        _bytes.AddRange(Encoding.UTF8.GetBytes(key));
        _bytes.Add((byte)'=');
        _bytes.AddRange(Encoding.UTF8.GetBytes(value));
        return true;
    }

    /// <summary>Never empty: a TXT record without strings is one empty string (RFC 6763 §6.1).</summary>
    public byte[] ToRdata() => _bytes.Count == 0 ? [0] : [.. _bytes];

    private static string VersionOf(ServiceInstance service) =>
        Find(service.Metadata) ?? Find(service.MdnsTxtRecords) ?? DefaultVersion;

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        foreach (var (key, value) in entries)
        {
            if (string.Equals(key, VersionKey, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    // Browsers rely on the core keys being there: a cut name is better than none.
    private void AddCut(string key, string value) =>
        Add(key, Utf8Text.Cut(value, MdnsLimits.TxtString - key.Length - 1));

    private void AddTags(IReadOnlyList<string> tags)
    {
        const string Key = "tags";
        var text = new StringBuilder();
        var room = MdnsLimits.TxtString - Key.Length - 1;
        foreach (var tag in tags)
        {
            var needed = Encoding.UTF8.GetByteCount(tag) + (text.Length > 0 ? 1 : 0);
            if (needed > room)
            {
                continue;
            }

            room -= needed;
            text.Append(text.Length > 0 ? "," : "").Append(tag);
        }

        Add(Key, text.ToString());
    }

    private static bool IsKey(string key)
    {
        foreach (var character in key)
        {
            if (character is < FirstPrintable or > LastPrintable or '=')
            {
                return false;
            }
        }

        return key.Length > 0;
    }
}
