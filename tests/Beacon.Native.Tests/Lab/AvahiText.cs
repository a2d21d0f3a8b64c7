using System.Text;

namespace Beacon.Native.Tests.Lab;

/// <summary>What avahi's tools print with <c>--parsable</c>.</summary>
internal static class AvahiText
{
    /// <summary>avahi writes every byte that is no letter or digit as three decimal digits.</summary>
    public static string Unescape(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            {
                bytes.Add(byte.Parse(text.AsSpan(at + 1, 3), null));
                at += 3;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[at] == '\\' ? text[++at].ToString() : text[at].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
