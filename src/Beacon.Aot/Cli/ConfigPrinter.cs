using System.Text;
using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary><c>beacon config print</c>: every setting, its value and where that comes from; secrets are masked.</summary>
internal static class ConfigPrinter
{
    private const string Mask = "********";

    public static string Write(SettingValues values, BeaconOptions options)
    {
        var text = new StringBuilder();
        foreach (var (setting, value, source, isHidden) in SettingInForce.All(values, options))
        {
            text.Append($"{setting.Variable,-28} {(isHidden ? Mask : value.Length == 0 ? "-" : value),-24} {source}\n");
        }

        return text.ToString();
    }
}
