using System.Diagnostics.CodeAnalysis;
using Beacon.Aot.Logging;

namespace Beacon.Aot.Background;

internal static class Loops
{
    /// <summary>A loop and its logger. The host starts loops in the order they are added, and stops them in the opposite one.</summary>
    public static void AddLoop<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TLoop>(this IServiceCollection services)
        where TLoop : Loop
    {
        services.AddLogger<TLoop>();
        services.AddHostedService<TLoop>();
    }
}
