namespace Beacon.Aot.Logging;

/// <summary>
/// Loggers whose types are known to the compiler. Asked for an <see cref="ILogger{T}"/> that nobody registered, the container makes its type
/// of the open one, which in a native program costs more than half a millisecond of the start for each.
/// </summary>
internal static class Loggers
{
    public static ILogger<T> Logger<T>(this IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger<T>();

    /// <summary>For what the container constructs.</summary>
    public static void AddLogger<T>(this IServiceCollection services) => services.AddSingleton(x => x.Logger<T>());
}
