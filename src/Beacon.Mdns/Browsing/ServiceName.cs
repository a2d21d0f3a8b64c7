using System.Text;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Browsing;

/// <summary>The parts of a service instance's name: instance, type, domain (RFC 6763 §4.1).</summary>
internal readonly record struct ServiceName(string Instance, string Type, string Domain)
{
    public const string ListOfTypes = "_services._dns-sd._udp";

    private const int LabelsOfType = 2;

    public static bool IsTransport(string label) =>
        label.Equals("_tcp", StringComparison.OrdinalIgnoreCase) || label.Equals("_udp", StringComparison.OrdinalIgnoreCase);

    /// <summary>False for a name that is no instance of a service.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> name, out ServiceName parts)
    {
        parts = default;
        var at = 0;
        var (instance, type, domain) = ("", new StringBuilder(), new StringBuilder());
        foreach (var label in WireName.Labels(name))
        {
            if (at == 0)
            {
                instance = WireName.LabelToText(label);
            }
            else if (at <= LabelsOfType)
            {
                var text = WireName.LabelToText(label);
                if (at == LabelsOfType ? !IsTransport(text) : text.Length < 2 || text[0] != '_')
                {
                    return false;
                }

                type.Append(type.Length > 0 ? "." : "").Append(text);
            }
            else
            {
                domain.Append(domain.Length > 0 ? "." : "").Append(WireName.LabelToText(label));
            }

            at++;
        }

        parts = new ServiceName(instance, type.ToString(), domain.ToString());
        return at > LabelsOfType + 1;
    }
}
