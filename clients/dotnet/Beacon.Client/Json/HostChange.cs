namespace Beacon.Client.Json;

/// <summary>The body of an update that moves a service.</summary>
internal sealed record HostChange(string Host);
