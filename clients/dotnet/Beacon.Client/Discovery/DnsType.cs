namespace Beacon.Client.Discovery;

/// <summary>The record types that lead to a service (RFC 1035, 2782, 3596).</summary>
internal enum DnsType : ushort
{
    Address = 1,
    Pointer = 12,
    Text = 16,
    Address6 = 28,
    Service = 33,
}
