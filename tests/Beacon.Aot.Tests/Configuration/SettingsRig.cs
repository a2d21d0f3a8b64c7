using Beacon.Aot.Configuration;

namespace Beacon.Aot.Tests.Configuration;

/// <summary>Settings gathered from given options, environment and file, and nothing of this machine.</summary>
internal sealed class SettingsRig
{
    public Dictionary<string, string> Options { get; } = [];

    public Dictionary<string, string> Environment { get; } = new() { ["HOME"] = "/people/tester" };

    public string? File { get; set; }

    public SettingValues Gather() => SettingValues.Gather(Options, File, Environment);

    public (BeaconOptions Options, List<string> Problems) Read()
    {
        var values = Gather();
        var options = new OptionsReader(values, Environment).Read();
        return (options, values.Problems);
    }

    public SettingsRig WithFile(string directory, string json)
    {
        File = Path.Combine(directory, "beacon.json");
        System.IO.File.WriteAllText(File, json);
        return this;
    }
}
