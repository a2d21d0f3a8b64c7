namespace Beacon.Registry.Services;

/// <summary>How an HTTP health check asks. Names in JSON and in stores are upper case, as in HTTP.</summary>
public enum CheckMethod
{
    Get,

    /// <summary>No body comes back: neither a text nor a value can be expected.</summary>
    Head,
}
