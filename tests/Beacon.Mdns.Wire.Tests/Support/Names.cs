namespace Beacon.Mdns.Wire.Tests.Support;

/// <summary>Names the tests share.</summary>
internal static class Names
{
    public static readonly byte[] Local = WireName.FromLabels("local");
    public static readonly byte[] Http = WireName.FromLabels("_http", "_tcp", "local");
    public static readonly byte[] Web = WireName.FromLabels("Web", "_http", "_tcp", "local");
    public static readonly byte[] Host = WireName.FromLabels("nas", "local");
}
