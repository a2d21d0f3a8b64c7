using System.Diagnostics.Metrics;

namespace Beacon.Aot.Metrics;

/// <summary>From an instrument's name and unit to a name by the conventions of Prometheus: base units behind the name, underscores for dots.</summary>
internal static class MetricName
{
    public static string Of(Instrument instrument)
    {
        var name = Label(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
    }

    public static string Label(string name) => name.Replace('.', '_').Replace('-', '_');
}
