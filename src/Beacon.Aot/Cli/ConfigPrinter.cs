using System.Text;
using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary><c>beacon config print</c>: every setting, its value and where that comes from; secrets are masked.</summary>
internal static class ConfigPrinter
{
    public static string Write(SettingValues values, BeaconOptions options)
    {
        var text = new StringBuilder();
        foreach (var setting in Settings.All)
        {
            var (value, source) = values[setting];
            var shown = setting.IsSecret && value.Length > 0 ? "********"
                : setting == Settings.DataDirectory ? options.DataDirectory
                : value;
            text.Append($"{setting.Variable,-28} {(shown.Length == 0 ? "-" : shown),-24} {source}\n");
        }

        return text.ToString();
    }
}
