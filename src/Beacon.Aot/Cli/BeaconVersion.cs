using System.Reflection;

namespace Beacon.Aot.Cli;

/// <summary>The version this program was built as.</summary>
internal static class BeaconVersion
{
    /// <summary>Without the commit that the build may have appended.</summary>
    public static string Short { get; } = Full.Split('+')[0];

    public static string Full =>
        typeof(BeaconVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
