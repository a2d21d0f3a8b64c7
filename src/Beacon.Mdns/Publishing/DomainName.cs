using System.Text;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Publishing;

/// <summary>The domain everything is announced in, and names under it in wire form.</summary>
internal sealed class DomainName
{
    private readonly string[] _labels;

    /// <param name="domain">Labels separated by dots, for example <c>local</c>.</param>
    public DomainName(string domain)
    {
        Text = domain.Trim('.').ToLowerInvariant();
        _labels = Text.Split('.');
    }

    public string Text { get; }

    /// <summary>A name of plain labels; false when a label is empty or too long.</summary>
    public static bool TryParse(string name, out byte[] wire)
    {
        wire = [];
        var labels = name.Trim('.').Split('.');
        foreach (var label in labels)
        {
            if (label.Length == 0 || Encoding.UTF8.GetByteCount(label) > MdnsLimits.Label)
            {
                return false;
            }
        }

        const int LongestName = 253;
        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            return false;
        }

        wire = WireName.FromLabels(labels);
        return true;
    }

    public byte[] Under(string label) => WireName.FromLabels([label, .. _labels]);

    /// <param name="serviceType">Service and protocol, for example <c>_http._tcp</c>.</param>
    public byte[] ForType(string serviceType) => WireName.FromLabels([.. serviceType.Split('.'), .. _labels]);

    /// <summary>For example <c>_printer._sub._ipp._tcp.local</c> (RFC 6763 §7.1).</summary>
    public byte[] ForSubtype(string subtype, string serviceType) =>
        WireName.FromLabels([subtype, "_sub", .. serviceType.Split('.'), .. _labels]);

    public byte[] ForInstance(string label, string serviceType) =>
        WireName.FromLabels([label, .. serviceType.Split('.'), .. _labels]);
}
