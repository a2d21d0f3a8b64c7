namespace Beacon.Aot.Configuration;

/// <summary>Where services are kept when nobody said where.</summary>
internal static class DataDirectory
{
    /// <summary>The folder a container image gives; the earlier implementation mounted its volume there.</summary>
    public const string Container = "/app/data";

    public static string Default(IReadOnlyDictionary<string, string> environment)
    {
        if (Directory.Exists(Container))
        {
            return Container;
        }

        // The base directory specification says to ignore a relative one.
        var state = environment.GetValueOrDefault("XDG_STATE_HOME");
        if (Path.IsPathRooted(state))
        {
            return Path.Combine(state, "beacon");
        }

        var home = environment.GetValueOrDefault("HOME");
        return Path.Combine(string.IsNullOrEmpty(home) ? "/var/lib" : Path.Combine(home, ".local", "state"), "beacon");
    }
}
