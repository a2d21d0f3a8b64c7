using System.Net;

namespace Beacon.Client.Discovery;

/// <param name="Target">Of a pointer or a service: the name it leads to.</param>
/// <param name="Path">Of a text: what it says of the API, or null.</param>
internal sealed record DnsRecord(string Name, DnsType Type, string Target = "", int Port = 0, string? Path = null, IPAddress? Address = null);
