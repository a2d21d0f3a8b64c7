using Beacon.Aot.Api;
using Beacon.Aot.Api.About;
using Beacon.Aot.Api.Docs;
using Beacon.Aot.Api.Events;
using Beacon.Aot.Api.Health;
using Beacon.Aot.Api.Mdns;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Statistics;
using Beacon.Aot.Background;
using Beacon.Aot.Configuration;
using Beacon.Aot.Http2;
using Beacon.Aot.Live;
using Beacon.Aot.Logging;
using Beacon.Aot.Metrics;
using Beacon.Aot.Security;
using Beacon.Aot.Status;
using Beacon.Aot.Supervision;
using Beacon.Aot.Ui;
using Beacon.Features.Events;
using Beacon.Features.Health.Targets;
using Beacon.Features.Statistics;
using Beacon.Mdns;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Beacon.Aot.Composition;

/// <summary>Puts the whole appliance together: every constructor call that outlives a request is here or in a file beside this one.</summary>
internal static class BeaconHost
{
    /// <summary>The largest body of any request; a registration with every field full is below it.</summary>
    public const long MaxRequestBody = 64 * 1024;

    /// <summary>Requests in flight get this long after the order to stop; with the goodbyes and the last writes a stop stays below two seconds.</summary>
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromMilliseconds(1000);

    /// <param name="store">Owned by the caller.</param>
    public static WebApplication Build(BeaconOptions options, ApplianceStore store, Action<ILoggingBuilder> log, TimeProvider? time = null)
    {
        // Settings are ours alone: the empty builder reads no ASPNETCORE_* and no appsettings.json behind the operator's back. The others would
        // also watch the folder the program lies in, with all that is below it, for changes to such a file.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "beacon",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        HostOptionsComposition.Add(builder.Services);
        AddLogging(builder.Logging, options, log);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options, time ?? TimeProvider.System));
        PriorKnowledge.AddTransport(builder.Services);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<ApplianceFailure>();
        builder.Services.AddSingleton<MetricsCollector>();

        // Before everything that changes something: the host stops loops in the opposite order, and the log has the last word.
        EventComposition.Add(builder.Services, store, options);
        AddRegistry(builder.Services, options);
        AddStorage(builder.Services, store);
        HistoryComposition.Add(builder.Services, store, options);
        MdnsComposition.Add(builder.Services, options);
        LiveComposition.Add(builder.Services);
        HealthComposition.Add(builder.Services, options);
        StatusComposition.Add(builder.Services, options);
        builder.Services.AddSingleton(new OriginPolicy(options.CorsOrigins));
        builder.Services.AddSingleton(x => new ApiSettings(MdnsComposition.AnnouncementFinder(x.GetService<MdnsResponder>()))
        {
            FindUrlProblem = (url, host, source) => x.GetRequiredService<AddressPolicy>().TryValidate(url, host, source, out var problem) ? null : problem,
            IsBlind = () => store.Replication?.IsBlind ?? false,
            OnDiscovery = x.GetRequiredService<TrafficCounter>().Lookup,
        });
        builder.Services.AddSingleton<HealthReport>();
        builder.Services.AddSingleton(x => new ApplianceMetrics(
            x.GetRequiredService<ServiceRegistry>(),
            x.GetRequiredService<WriteThrough>(),
            store.Replication,
            x.GetService<MdnsResponder>(),
            x.GetRequiredService<TimeProvider>()));

        var app = builder.Build();
        PriorKnowledge.HideEndpoint(app.Services.GetRequiredService<IServer>());

        // Made now: the first listens from here on, the others count the time since the start.
        app.Services.GetRequiredService<MetricsCollector>();
        app.Services.GetRequiredService<HealthReport>();
        app.Services.GetRequiredService<RegistryTraffic>();
        app.Services.GetRequiredService<EventLog>();
        app.Services.GetRequiredService<ApplianceMetrics>();
        ReplicationComposition.Connect(store, app.Services);
        app.UseHeartbeatShortcut(options.ApiPrefix);

        // Said here, or the framework would find the route of a heartbeat before the shortcut answers it.
        app.UseRouting();
        app.UseRequestSecurity();
        app.UseUi(new EmbeddedUi(), options.ApiPrefix);
        app.UseLive();
        app.MapServices(options.ApiPrefix);
        app.MapApiDocs(options.ApiPrefix);
        app.MapLive(options.ApiPrefix);
        app.MapAbout(options.ApiPrefix);
        HealthEndpoints.Map(app, options.ApiPrefix);
        StatisticsEndpoint.Map(app, options.ApiPrefix);
        EventEndpoint.Map(app, options.ApiPrefix);
        ConfigurationEndpoint.Map(app, options.ApiPrefix);
        MdnsEndpoint.Map(app, options.ApiPrefix);
        StatusEndpoint.Map(app);
        app.MapMetrics();
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging, BeaconOptions options, Action<ILoggingBuilder> log)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.LogLevel);
        logging.AddFilter("Microsoft", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);

        // A failure to listen is told in one line by Appliance, not as a stack trace by the host.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // It says nothing that our own error handling does not say, and while anybody listens it makes an activity for every request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        log(logging);
    }

    private static void Listen(KestrelServerOptions kestrel, BeaconOptions options, TimeProvider time)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
        var http2 = PriorKnowledge.Add(kestrel, time);
        if (options.Host is { } address)
        {
            kestrel.Listen(address, options.Port, http2.Watch);
        }
        else
        {
            kestrel.ListenAnyIP(options.Port, http2.Watch);
        }
    }

    private static void AddRegistry(IServiceCollection services, BeaconOptions options)
    {
        services.AddSingleton<EventHub>();
        services.AddSingleton(new RegistryLimits { MaxServices = options.MaxServices, DefaultTtlSeconds = options.DefaultTtlSeconds });
        services.AddSingleton<ServiceRegistry>();
        services.AddSingleton<Pulse>();
        services.AddLoop<LeaseLoop>();
        services.AddLoop<CleanUpLoop>();
    }

    private static void AddStorage(IServiceCollection services, ApplianceStore store)
    {
        services.AddSingleton(store);
        services.AddSingleton(store.Services);
        services.AddSingleton(store.Records);
        services.AddSingleton(x => new WriteThrough(
            x.GetRequiredService<ServiceRegistry>(), store.Services, x.GetRequiredService<TimeProvider>(), x.Logger<WriteThrough>()));
        if (store.Replication is not null)
        {
            // Before the store's loop, because the host stops them in the opposite order.
            services.AddLoop<ReplicationLoop>();
        }

        services.AddLoop<StoreLoop>();
    }
}
