using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>
/// avahi's tools and a daemon of their own. A following avahi-browse resolves each service once and never again, so it tells only what came
/// and went; the rest is asked for anew each time.
/// </summary>
internal sealed class AvahiOracle : Oracle
{
    private static readonly TimeSpan BrowseLimit = TimeSpan.FromSeconds(10);
    private readonly AvahiDaemon _daemon;
    private readonly LabCommand _follow;
    private readonly string _family;

    private AvahiOracle(LabHost host, string type, bool ipv4, AvahiDaemon daemon)
        : base(host, type)
    {
        _daemon = daemon;
        _family = ipv4 ? "IPv4" : "IPv6";
        _follow = host.Start("avahi-browse", "-pk", type);
    }

    protected override string Output => string.Join('\n', _follow.Lines) + _daemon.Log;

    public static async Task<AvahiOracle> StartAsync(LabHost host, string type, bool ipv4) =>
        new(host, type, ipv4, await AvahiDaemon.StartAsync(host, ipv4: ipv4));

    public override void Dispose()
    {
        _follow.Dispose();
        _daemon.Dispose();
    }

    protected override async Task<Sighting?> LookAsync(string instance)
    {
        if (_follow.Lines.Select(Fields).LastOrDefault(x => IsOf(x, instance)) is not ["+", ..])
        {
            return null;
        }

        var (_, output, _) = await Host.RunAsync(BrowseLimit, "avahi-browse", "-rptk", Type);
        var found = output.Split('\n').Select(Fields).Where(x => x is ["=", ..] && IsOf(x, instance)).ToList();
        return found.Count == 0
            ? null
            : new Sighting(
                instance,
                [.. found.Select(x => x[7]).Distinct()],
                int.Parse(found[^1][8], CultureInfo.InvariantCulture),
                Txt(found[^1][9]));
    }

    private static string[] Fields(string line) => line.Split(';', 10);

    private bool IsOf(string[] fields, string instance) =>
        fields.Length > 5 && fields[1] == "eth0" && fields[2] == _family && AvahiText.Unescape(fields[3]) == instance;

    /// <summary><c>"a=1" "b=2"</c></summary>
    private static Dictionary<string, string> Txt(string text) => text.Trim('"').Split("\" \"", StringSplitOptions.RemoveEmptyEntries)
        .Select(x => x.Split('=', 2)).ToDictionary(x => x[0], x => x.Length > 1 ? x[1] : "");
}
