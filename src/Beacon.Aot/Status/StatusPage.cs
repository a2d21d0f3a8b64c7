using System.IO.Compression;

namespace Beacon.Aot.Status;

/// <summary>One form of the page, ready to be sent to any number of people.</summary>
internal sealed class StatusPage(byte[] plain)
{
    private readonly Lazy<byte[]> _packed = new(() => Pack(plain));

    public byte[] Plain => plain;

    /// <summary>With gzip.</summary>
    public byte[] Packed => _packed.Value;

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
