using Beacon.Mdns.Transport.Netlink;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns.Transport;

/// <summary>Which interfaces mDNS runs on now, and when that may have changed. For one thread.</summary>
internal sealed class NetworkInterfaces : IDisposable
{
    /// <summary>With notices from the kernel this only mends lost ones.</summary>
    private static readonly TimeSpan SlowLook = TimeSpan.FromSeconds(30);

    /// <summary>Without notices: how late a plugged cable is seen.</summary>
    private static readonly TimeSpan QuickLook = TimeSpan.FromSeconds(2);

    private readonly InterfaceFilter _filter;
    private readonly ILogger _logger;
    private readonly NetlinkSocket? _notices;
    private readonly ChangeDebounce _debounce;
    private readonly ChangeDebounce _retry;
    private bool _isReadable = true;
    private bool _wantsRetry;

    public NetworkInterfaces(IReadOnlyList<string>? wanted, TimeProvider time, ILogger logger)
    {
        _filter = new InterfaceFilter(wanted);
        _logger = logger;
        _notices = NetlinkSocket.OpenForChanges(out var error);
        if (_notices is null)
        {
            TransportLog.NoNotices(logger, error, QuickLook);
        }

        _debounce = new ChangeDebounce(time, _notices is null ? QuickLook : SlowLook);
        _retry = new ChangeDebounce(time, QuickLook);
    }

    /// <summary>To wait for; null when there are no notices.</summary>
    public Descriptor? Notices => _notices?.Descriptor;

    /// <summary>Until <see cref="Look"/> should be called.</summary>
    public TimeSpan Wait => _wantsRetry && _retry.Wait < _debounce.Wait ? _retry.Wait : _debounce.Wait;

    /// <summary>The kernel has something to tell.</summary>
    public void TakeNotices()
    {
        if (_notices!.Drain())
        {
            _debounce.Notice();
        }
    }

    /// <summary>The usable interfaces; null when the system would not say, then the last list still holds.</summary>
    public IReadOnlyList<LinkInfo>? Look()
    {
        _debounce.Looked();
        _retry.Looked();
        _wantsRetry = false;
        using var socket = NetlinkSocket.Open(out var error);
        var interfaces = socket?.ReadInterfaces();
        if (interfaces is null)
        {
            _wantsRetry = true;
            if (_isReadable)
            {
                TransportLog.NoInterfaceList(_logger, error);
            }
        }

        _isReadable = interfaces is not null;
        return interfaces is null ? null : _filter.Choose(interfaces);
    }

    /// <summary>Something could not be opened on the interfaces: look again soon.</summary>
    public void LookAgainSoon() => _wantsRetry = true;

    public void Dispose() => _notices?.Dispose();
}
