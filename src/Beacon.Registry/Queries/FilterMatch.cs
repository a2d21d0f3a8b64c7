using Beacon.Registry.Services;

namespace Beacon.Registry.Queries;

/// <summary>Whether one service fits a filter; the status is the caller's business.</summary>
internal static class FilterMatch
{
    public static bool Fits(ServiceFilter filter, ServiceInstance service) =>
        (filter.Type is null || filter.Type == service.Type)
        && (filter.Protocol is null || filter.Protocol == service.Protocol)
        && (filter.Name is null || filter.Name == service.Name)
        && (filter.Host is null || filter.Host == service.Host)
        && (filter.Tags.Count == 0 || HasAnyTag(filter.Tags, service.Tags))
        && HasAllMetadata(filter.Metadata, service.Metadata)
        && (string.IsNullOrEmpty(filter.Text) || Mentions(service, filter.Text));

    private static bool HasAnyTag(IReadOnlyList<string> wanted, IReadOnlyList<string> tags)
    {
        foreach (var tag in tags)
        {
            foreach (var one in wanted)
            {
                if (tag == one)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasAllMetadata(
        IReadOnlyList<KeyValuePair<string, string>> wanted, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        foreach (var one in wanted)
        {
            var found = false;
            foreach (var pair in metadata)
            {
                found |= pair.Key == one.Key && pair.Value == one.Value;
            }

            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Mentions(ServiceInstance service, string text)
    {
        const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;
        if (service.Name.Contains(text, IgnoreCase) || service.Host.Contains(text, IgnoreCase) || service.Type.Contains(text, IgnoreCase))
        {
            return true;
        }

        foreach (var tag in service.Tags)
        {
            if (tag.Contains(text, IgnoreCase))
            {
                return true;
            }
        }

        foreach (var pair in service.Metadata)
        {
            if (pair.Value.Contains(text, IgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
