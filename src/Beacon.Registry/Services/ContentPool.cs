namespace Beacon.Registry.Services;

/// <summary>Makes what a client said small before it is kept: equal texts become one object, lists become arrays of just their length.</summary>
/// <remarks>Not thread-safe: the registry uses it under its gate.</remarks>
internal sealed class ContentPool
{
    private readonly TextPool _texts = new();

    public string Share(string text) => _texts.Share(text);

    public string[] Share(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return [];
        }

        var shared = new string[texts.Count];
        for (var i = 0; i < shared.Length; i++)
        {
            shared[i] = _texts.Share(texts[i]);
        }

        return shared;
    }

    public KeyValuePair<string, string>[] Share(IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var shared = new KeyValuePair<string, string>[entries.Count];
        for (var i = 0; i < shared.Length; i++)
        {
            shared[i] = new(_texts.Share(entries[i].Key), _texts.Share(entries[i].Value));
        }

        return shared;
    }

    /// <summary>Most services are not checked, and all of those alike.</summary>
    public static HealthCheckSettings Share(HealthCheckSettings settings) =>
        settings == HealthCheckSettings.Default ? HealthCheckSettings.Default : settings;
}
