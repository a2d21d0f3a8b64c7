namespace Beacon.Client.Discovery;

/// <summary>From an address as people write it to the place that relative paths are appended to.</summary>
internal static class ApiRoot
{
    public const string DefaultPath = "/api/v1";

    public static Uri Of(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            throw new ArgumentException($"Beacon's address must be like http://192.168.1.2:8080, not {address}", nameof(address));
        }

        var path = address.AbsolutePath.TrimEnd('/');
        return new Uri(address.GetLeftPart(UriPartial.Authority) + (path.Length > 0 ? path : DefaultPath) + "/");
    }
}
