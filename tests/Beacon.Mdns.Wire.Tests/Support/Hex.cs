namespace Beacon.Mdns.Wire.Tests.Support;

/// <summary>Bytes as the conformance list writes them: hex digits in groups, and text in quotes.</summary>
internal static class Hex
{
    public static byte[] Parse(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text[at] == '\'')
            {
                var end = text.IndexOf('\'', at + 1);
                bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(text[(at + 1)..end]));
                at = end + 1;
            }
            else
            {
                bytes.Add(Convert.ToByte(text.Substring(at, 2), 16));
                at += 2;
            }
        }

        return [.. bytes];
    }

    public static string Show(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
