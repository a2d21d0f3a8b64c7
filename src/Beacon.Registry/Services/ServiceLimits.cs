namespace Beacon.Registry.Services;

/// <summary>Bounds of everything a client may say about a service. The API checks them and its documentation prints them.</summary>
public static class ServiceLimits
{
    public const int MinName = 1;
    public const int MaxName = 100;
    public const int MinType = 1;
    public const int MaxType = 50;
    public const int MinHost = 1;

    /// <summary>A DNS name has at most 255 bytes (RFC 1035 §2.3.4).</summary>
    public const int MaxHost = 255;

    public const int MinPort = 1;
    public const int MaxPort = 65535;
    public const int MaxProtocol = 20;
    public const int MaxTags = 64;
    public const int MinTag = 1;
    public const int MaxTag = 50;
    public const int MaxMetadata = 64;
    public const int MinMetadataKey = 1;

    /// <summary>Characters.</summary>
    public const int MaxMetadataKey = 64;

    /// <summary>Bytes of UTF-8. Longer than a TXT string can carry (255): such entries live in the registry but are not announced.</summary>
    public const int MaxMetadataValue = 1024;

    /// <summary>Seconds. A lease shorter than this would end before a device on Wi-Fi gets its second chance.</summary>
    public const int MinTtl = 10;

    /// <summary>Seconds: one day.</summary>
    public const int MaxTtl = 86400;

    public const int DefaultTtl = 300;
    public const int MaxHealthCheckUrl = 2048;
    public const int MinHealthCheckInterval = 30;
    public const int MaxHealthCheckInterval = 3600;
    public const int MinHealthCheckTimeout = 1;
    public const int MaxHealthCheckTimeout = 60;
    public const int MinHealthCheckRetries = 1;
    public const int MaxHealthCheckRetries = 10;
    public const int MaxHealthCheckHeaders = 16;

    /// <summary>Bytes of UTF-8: a bearer token fits.</summary>
    public const int MaxHealthCheckHeader = 4096;
    public const int MaxExpectedStatus = 100;
    public const int MaxExpectedText = 1024;
    public const int MaxExpectedJson = 8;
    public const int MaxJsonPath = 256;

    /// <summary>Bytes of UTF-8.</summary>
    public const int MaxJsonValue = 1024;

    /// <summary>Characters of what a failed check says; it is kept with every result.</summary>
    public const int MaxCheckError = 200;

    public const int MaxMaintenanceReason = 200;

    /// <summary>Seconds.</summary>
    public const int MinMaintenance = 60;

    /// <summary>Seconds: 30 days. What is planned for longer is better taken away.</summary>
    public const int MaxMaintenance = 2_592_000;

    public const int MaxTxtRecords = 64;

    /// <summary>Bytes of UTF-8 in key, equals sign and value together: one TXT string (RFC 6763 §6.1).</summary>
    public const int MaxTxtRecord = 255;

    public const string DefaultType = "http";
    public const string DefaultProtocol = "http";
}
