using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Beacon.Aot.Composition;

/// <summary>
/// The options that the host, the web server and routing ask for, with types known to the compiler. The container would make each of them of
/// four open types; together that was a fifth of the processor time of a start. One that is missing here is still made that way.
/// </summary>
internal static class HostOptionsComposition
{
    public static void Add(IServiceCollection services)
    {
        Add<HostOptions>(services);
        Add<ConsoleLifetimeOptions>(services);
        Add<LoggerFactoryOptions>(services);
        Add<LoggerFilterOptions>(services);
        Add<MetricsOptions>(services);
        Add<KestrelServerOptions>(services);
        Add<SocketTransportOptions>(services);
        Add<RouteOptions>(services);
        Add<RouteHandlerOptions>(services);
        Add<FormOptions>(services);
        Add<ValidationOptions>(services);
    }

    private static void Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(IServiceCollection services)
        where T : class
    {
        services.AddSingleton<IOptionsFactory<T>>(x => new OptionsFactory<T>(
            x.GetServices<IConfigureOptions<T>>(), x.GetServices<IPostConfigureOptions<T>>(), x.GetServices<IValidateOptions<T>>()));
        services.AddSingleton<IOptions<T>>(x => new OptionsManager<T>(x.GetRequiredService<IOptionsFactory<T>>()));
        services.AddSingleton<IOptionsMonitor<T>>(x => new OptionsMonitor<T>(
            x.GetRequiredService<IOptionsFactory<T>>(), x.GetServices<IOptionsChangeTokenSource<T>>(), new OptionsCache<T>()));
    }
}
