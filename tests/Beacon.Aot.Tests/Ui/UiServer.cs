using System.Net;
using Beacon.Aot.Api.About;
using Beacon.Aot.Security;
using Beacon.Aot.Tests.Api;
using Beacon.Aot.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beacon.Aot.Tests.Ui;

/// <summary>The dashboard's files before the routes about Beacon itself, on a free port of the loopback address.</summary>
internal sealed class UiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private UiServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public static async Task<UiServer> StartAsync(IUiSource? source = null, string prefix = "/api/v1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(new OriginPolicy([OriginPolicy.Any]));
        var app = builder.Build();
        app.UseRequestSecurity();
        app.UseUi(source ?? FakeUi.Whole, prefix);
        app.MapAbout(prefix);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    /// <summary>As a person's browser asks when it goes to an address.</summary>
    public Task<ApiReply> VisitAsync(string path) => SendAsync(path, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

    public async Task<ApiReply> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await ApiReply.ReadAsync(response);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _app.DisposeAsync();
    }
}
