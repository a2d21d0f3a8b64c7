using System.Net;

namespace Beacon.Aot.Api.Services;

/// <summary>Where a request came from: of a client behind a proxy, the proxy.</summary>
internal static class SourceAddress
{
    public static IPAddress? Of(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4()
            : context.Connection.RemoteIpAddress;
}
