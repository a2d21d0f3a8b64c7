namespace Beacon.Aot.Configuration;

/// <summary>What was given for a setting, and by whom: <c>default</c>, the file's path, <c>environment</c> or <c>command line</c>.</summary>
internal readonly record struct SettingValue(string Text, string Source);
