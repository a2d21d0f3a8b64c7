namespace Beacon.Aot.Ui;

/// <summary>The addresses of the dashboard's screens: what is typed, bookmarked or reloaded. ui/src/lib/kit/routes.ts has the same list.</summary>
internal static class UiScreens
{
    private const string Services = "services";
    private const string Edit = "edit";

    /// <summary>The last two are the earlier dashboard's.</summary>
    private static readonly HashSet<string> Single = ["", Services, "register", "network", "mdns", "events", "settings", "dashboard", "discovery"];

    /// <param name="path">As the request has it, with or without a slash at its end.</param>
    public static bool Has(string path)
    {
        var parts = path.Trim('/').Split('/');
        return parts switch
        {
            [var screen] => Single.Contains(screen),
            [Services, { Length: > 0 }] => true,
            [Services, { Length: > 0 }, Edit] => true,
            _ => false,
        };
    }
}
