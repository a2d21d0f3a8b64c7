using System.Net;

namespace Beacon.Aot.Http2;

/// <summary>The address of an endpoint that only has a pipeline. It is no address: nobody connects to it.</summary>
internal sealed class UnreachableEndPoint : EndPoint
{
    private const string Name = "http2-prior-knowledge";

    public static UnreachableEndPoint Instance { get; } = new();

    /// <summary>True for what the server shows of it.</summary>
    public static bool Shows(string url) => url.EndsWith(Name, StringComparison.Ordinal);

    public override string ToString() => Name;
}
