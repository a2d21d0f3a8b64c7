using System.Globalization;
using System.Runtime.InteropServices;
using Beacon.Aot.Configuration;
using Beacon.Aot.Logging;
using Beacon.Mdns.Browsing;
using Beacon.Mdns.Transport;

namespace Beacon.Aot.Cli.Browse;

/// <summary>
/// <c>beacon browse</c> and <c>beacon resolve</c>: a look at the network with eyes of their own. A Beacon that runs on this machine is
/// neither asked nor disturbed, and seen as every other host sees it.
/// </summary>
internal static class BrowseCommand
{
    private const int LongestLook = 3600;

    public static async Task<ExitCode> RunAsync(CommandLine line, BeaconOptions options, IReadOnlyDictionary<string, string> environment)
    {
        if (Target(line, options.MdnsDomain, out var problem) is not { } target || !TryReadTimeout(line, out var atMost, out problem))
        {
            Complain(problem);
            return ExitCode.Usage;
        }

        var follow = line.Has(VerbOption.Follow);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        if (follow && atMost is { } time)
        {
            stop.CancelAfter(time);
        }

        var output = Output(line.Json, follow, environment);
        using var log = new BeaconLoggerProvider(System.Console.OpenStandardError(), new TextLogLineWriter(false, TimeZoneInfo.Local), TimeProvider.System);
        using var filtered = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(log));
        await using var transport = new UdpMulticastTransport(options.MdnsInterfaces, TimeProvider.System, filtered.CreateLogger<UdpMulticastTransport>());
        var browser = new MdnsBrowser(transport, TimeProvider.System);
        var start = TimeProvider.System.GetTimestamp();
        var found = browser.Run(target, output, follow, atMost, stop.Token);
        output.Finish();
        var links = string.Join(", ", browser.Links.Select(x => x.Name));
        if (browser.Links.Count == 0)
        {
            Complain($"no interface is fit for mDNS: it needs an address and multicast; {Settings.MdnsInterface.Variable} names the ones to use");
            return ExitCode.NoInterface;
        }

        if (browser.Refused > 0)
        {
            Complain($"the network says more than is kept: {browser.Refused} records were left out");
        }

        if (found == 0 && !follow)
        {
            var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            Complain($"nothing found for {target.Text} on {links} in {seconds} s; a firewall must let UDP port 5353 in");
        }

        return found == 0 && line.Verb == Verb.Resolve ? ExitCode.Failed : ExitCode.Ok;
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }

    private static IBrowseOutput Output(bool json, bool follow, IReadOnlyDictionary<string, string> environment)
    {
        if (json)
        {
            return new JsonOutputLines(System.Console.OpenStandardOutput());
        }

        var colours = !System.Console.IsOutputRedirected && !environment.ContainsKey("NO_COLOR") && environment.GetValueOrDefault("TERM") != "dumb";
        return follow
            ? new FollowOutput(System.Console.Out, TimeProvider.System)
            : new ListOutput(System.Console.Out, System.Console.IsErrorRedirected ? null : System.Console.Error, colours);
    }

    private static BrowseTarget? Target(CommandLine line, string domain, out string problem)
    {
        problem = "";
        var word = line.Words.FirstOrDefault();
        if (line.Verb == Verb.Browse)
        {
            problem = $"\"{word}\" is no service type; one looks like http, _http._tcp or _printer._sub._ipp._tcp";
            return word is null ? BrowseTarget.Everything(domain) : BrowseTarget.ForType(word, domain);
        }

        problem = word is null
            ? "say what to resolve: \"Name._type._tcp\", \"host.local\" or an address"
            : $"\"{word}\" is neither a service with its type, nor a host name, nor an address";
        return word is null ? null : BrowseTarget.ForName(word, domain);
    }

    private static bool TryReadTimeout(CommandLine line, out TimeSpan? atMost, out string problem)
    {
        (atMost, problem) = (null, "");
        if (line.Value(VerbOption.Timeout) is not { } text)
        {
            return true;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= LongestLook)
        {
            atMost = TimeSpan.FromSeconds(seconds);
            return true;
        }

        problem = $"--timeout must be a whole number of seconds from 1 to {LongestLook}, not \"{text}\"";
        return false;
    }

    private static void Complain(string problem) => System.Console.Error.WriteLine($"beacon: {problem}");
}
