using System.Net;
using Beacon.Aot.Live;
using Beacon.Aot.Security;
using Beacon.Registry;
using Beacon.Registry.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beacon.Aot.Tests.Live;

/// <summary>The live connection alone on a free port of the loopback address.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    private LiveServer(WebApplication app)
    {
        _app = app;
        Registry = app.Services.GetRequiredService<ServiceRegistry>();
        Hub = app.Services.GetRequiredService<LiveHub>();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _running = Hub.RunAsync(_ending.Token);
    }

    public ServiceRegistry Registry { get; }

    public LiveHub Hub { get; }

    public Uri Address { get; }

    public static async Task<LiveServer> StartAsync(LiveTimings? timings = null, IReadOnlyList<string>? origins = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new ServiceRegistry(TimeProvider.System, new RegistryLimits(), new EventHub()));
        builder.Services.AddSingleton(new OriginPolicy(origins ?? [OriginPolicy.Any]));
        builder.Services.AddSingleton(LiveRun.New());
        builder.Services.AddSingleton(timings ?? new LiveTimings());
        builder.Services.AddSingleton<LiveHub>();
        builder.Services.AddSingleton<LiveCommands>();
        var app = builder.Build();
        app.UseRequestSecurity();
        app.UseLive();
        app.MapLive("/api/v1");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LiveServer(app);
    }

    public Uri WebSocket(string pathAndQuery = "/api/v1/ws") => new($"ws://{Address.Authority}{pathAndQuery}");

    /// <summary>Stops the server as a signal does.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // Asked for just above.
        }

        await _app.DisposeAsync();
        _ending.Dispose();
    }
}
