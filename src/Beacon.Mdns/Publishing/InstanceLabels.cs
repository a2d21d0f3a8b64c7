using System.Diagnostics.CodeAnalysis;
using System.Text;
using Beacon.Mdns.Responding;

namespace Beacon.Mdns.Publishing;

/// <summary>Gives each service of ours a label no other service of ours has: two <c>esp32-sensor</c> become two names.</summary>
internal sealed class InstanceLabels(NameBook names, DomainName domain)
{
    /// <summary>Hints kept; when there are more they are all forgotten, which costs time and nothing else.</summary>
    private const int MostHints = 4096;

    /// <summary>Where the search for a free number ended last, so that a thousand namesakes are not a million tries.</summary>
    private readonly Dictionary<string, string> _hints = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts with the service's label and counts up; false when its type is no type.</summary>
    public bool TryTake(PublishedService service, [NotNullWhen(true)] out byte[]? name)
    {
        name = null;
        if (!IsType(service.ServiceType))
        {
            return false;
        }

        name = domain.ForInstance(service.Label, service.ServiceType);
        if (!names.IsTaken(name))
        {
            return true;
        }

        var key = service.Label + "." + service.ServiceType;
        var label = _hints.GetValueOrDefault(key) ?? service.Label;
        do
        {
            label = InstanceNames.Next(label);
            name = domain.ForInstance(label, service.ServiceType);
        }
        while (names.IsTaken(name));

        if (_hints.Count == MostHints)
        {
            _hints.Clear();
        }

        _hints[key] = label;
        service.Label = label;
        return true;
    }

    /// <summary>Two labels with an underscore each; finer rules are the registry's affair.</summary>
    private static bool IsType(string serviceType)
    {
        var labels = serviceType.Split('.');
        return labels.Length == 2 && IsLabel(labels[0]) && labels[1] is "_tcp" or "_udp";

        static bool IsLabel(string label) =>
            label.Length > 1 && label[0] == '_' && Encoding.UTF8.GetByteCount(label) <= MdnsLimits.Label;
    }
}
