using Beacon.Aot.Background;
using Beacon.Aot.Live;
using Beacon.Aot.Logging;

namespace Beacon.Aot.Composition;

/// <summary>The live connections.</summary>
internal static class LiveComposition
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(LiveRun.New());
        services.AddSingleton(new LiveTimings());
        services.AddLogger<LiveHub>();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<LiveCommands>();
        services.AddLoop<LiveLoop>();
    }
}
