using Beacon.Aot.Configuration;

namespace Beacon.Aot.Logging;

/// <summary>Chooses where lines go and how they look.</summary>
internal static class LogOutput
{
    public static BeaconLoggerProvider Create(LogForm form, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        var isTerminal = !System.Console.IsOutputRedirected;
        var text = form == LogForm.Text || (form == LogForm.Auto && isTerminal);
        var colours = isTerminal && !environment.ContainsKey("NO_COLOR") && environment.GetValueOrDefault("TERM") != "dumb";
        ILogLineWriter writer = text ? new TextLogLineWriter(colours, TimeZoneInfo.Local) : new JsonLogLineWriter();
        return new BeaconLoggerProvider(System.Console.OpenStandardOutput(), writer, time);
    }
}
