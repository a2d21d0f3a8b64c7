using System.Net;
using System.Net.Sockets;
using Beacon.Aot.Logging;
using Beacon.Mdns.Browsing;
using Beacon.Mdns.Transport;

namespace Beacon.Aot.Cli.Client;

/// <summary>
/// Finds the Beacon a command is meant for: the one named, else the one on this machine, else the first that answers over mDNS.
/// </summary>
internal static class BeaconFinder
{
    public const string Variable = "BEACON_URL";
    private const string ServiceType = "beacon";
    private const string PathKey = "api";
    private static readonly TimeSpan LookAtMost = TimeSpan.FromSeconds(4);

    /// <summary>A Beacon on this machine answers in a millisecond; whatever else listens there must not hold the command up.</summary>
    private static readonly TimeSpan LocalLimit = TimeSpan.FromSeconds(1);

    /// <returns>The address of its API, with the prefix, ending with a slash.</returns>
    /// <exception cref="CommandException">None was found, or what was named is no address.</exception>
    public static async Task<Uri> FindAsync(CommandContext context)
    {
        var (named, origin) = context.Line.Value(VerbOption.Url) is { } option
            ? (option, "--url")
            : (context.Environment.GetValueOrDefault(Variable), Variable);
        if (!string.IsNullOrEmpty(named))
        {
            return Read(named, context.Options.ApiPrefix)
                ?? throw new CommandException(ExitCode.Usage, $"{origin} must be an address such as http://beacon.local:8080");
        }

        if (await LocalAsync(context) is { } local)
        {
            return local;
        }

        context.Terminal.Remark($"no Beacon on this machine (port {context.Options.Port}), looking on the network");
        var found = await OnNetworkAsync(context)
            ?? throw new CommandException(
                ExitCode.Unavailable,
                $"no Beacon found: none on this machine (port {context.Options.Port}), none on the network over mDNS; name one with --url or {Variable}");
        context.Terminal.Remark($"using {found}");
        return found;
    }

    /// <summary>With a path it is the API's own address; without one the prefix is added.</summary>
    public static Uri? Read(string text, string prefix)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            text = "http://" + text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return null;
        }

        var path = uri.AbsolutePath.TrimEnd('/');
        return new UriBuilder(uri) { Path = (path.Length == 0 ? prefix : path) + "/" }.Uri;
    }

    private static async Task<Uri?> LocalAsync(CommandContext context)
    {
        var address = context.Options.Host ?? IPAddress.Loopback;
        var candidate = new UriBuilder(Uri.UriSchemeHttp, address.ToString(), context.Options.Port, context.Options.ApiPrefix + "/").Uri;
        using var api = new BeaconApi(candidate, LocalLimit);
        try
        {
            // Something else may listen there; only a Beacon says what its health is made of.
            var reply = await api.SendAsync(HttpMethod.Get, "health", null, context.Stopping);
            using var json = reply.TryParse();
            return json is not null && json.RootElement.TryGetProperty("mdns"u8, out _) ? candidate : null;
        }
        catch (CommandException)
        {
            return null;
        }
    }

    private static async Task<Uri?> OnNetworkAsync(CommandContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Stopping);
        using var log = new BeaconLoggerProvider(Stream.Null, new TextLogLineWriter(false, TimeZoneInfo.Local), context.Time);
        using var silent = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Error).AddProvider(log));
        await using var transport = new UdpMulticastTransport(context.Options.MdnsInterfaces, context.Time, silent.CreateLogger<UdpMulticastTransport>());
        var observer = new FirstBeacon(context.Options.ApiPrefix, stop);
        new MdnsBrowser(transport, context.Time)
            .Run(BrowseTarget.ForType(ServiceType, context.Options.MdnsDomain)!, observer, follow: false, LookAtMost, stop.Token);
        context.Stopping.ThrowIfCancellationRequested();
        return observer.Found;
    }

    /// <summary>Ends the look as soon as one Beacon is known with an address.</summary>
    private sealed class FirstBeacon(string prefix, CancellationTokenSource stop) : IBrowseObserver
    {
        public Uri? Found { get; private set; }

        public void OnService(BrowseEvent what, BrowsedService service)
        {
            if (what == BrowseEvent.Gone || Best(service) is not { } address)
            {
                return;
            }

            // Names of the network may not resolve on this machine, addresses need not.
            var path = service.Txt.FirstOrDefault(x => x.Key.Equals(PathKey, StringComparison.OrdinalIgnoreCase)).Value;
            Found ??= Read($"http://{address}:{service.Port}{(path is ['/', ..] ? path : prefix)}", prefix);
            if (Found is not null)
            {
                stop.Cancel();
            }
        }

        public void OnHost(BrowseEvent what, BrowsedHost host)
        {
        }

        /// <summary>Link-local ones only without another: they need the interface beside them.</summary>
        private static string? Best(BrowsedService service)
        {
            var address = service.Addresses
                .OrderBy(x => x.IsIPv6LinkLocal ? 2 : x.AddressFamily == AddressFamily.InterNetworkV6 ? 1 : 0)
                .FirstOrDefault();
            return address switch
            {
                null => null,
                { AddressFamily: AddressFamily.InterNetwork } => address.ToString(),
                { IsIPv6LinkLocal: true } => $"[{new IPAddress(address.GetAddressBytes())}%25{service.Interface}]",
                _ => $"[{address}]",
            };
        }
    }
}
