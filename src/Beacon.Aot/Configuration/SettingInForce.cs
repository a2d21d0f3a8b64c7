namespace Beacon.Aot.Configuration;

/// <summary>A setting as it may be shown: the value of a secret is not in here.</summary>
/// <param name="Value">Empty when nothing is set.</param>
/// <param name="IsHidden">Something is set and must not be shown.</param>
internal sealed record SettingInForce(Setting Setting, string Value, string Source, bool IsHidden)
{
    public static IReadOnlyList<SettingInForce> All(SettingValues values, BeaconOptions options) =>
        [.. Settings.All.Select(setting => Of(setting, values[setting], options))];

    private static SettingInForce Of(Setting setting, SettingValue given, BeaconOptions options)
    {
        var isHidden = setting.IsSecret && given.Text.Length > 0;

        // The one default that is found rather than written down.
        var text = isHidden ? "" : setting == Settings.DataDirectory ? options.DataDirectory : given.Text;
        return new(setting, text, given.Source, isHidden);
    }
}
