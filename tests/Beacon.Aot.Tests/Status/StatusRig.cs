using System.Text.RegularExpressions;
using Beacon.Aot.Status;
using Beacon.Aot.Tests.Api;
using Beacon.Aot.Tests.Health;
using Beacon.Features.Status;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Status;

/// <summary>The status page over services whose health is given, in virtual time.</summary>
internal sealed partial class StatusRig : IAsyncDisposable
{
    private StatusRig(HealthRig health) => Health = health;

    public HealthRig Health { get; }

    public ApiHarness Api => Health.Api;

    public static async Task<StatusRig> StartAsync(
        IReadOnlyList<string>? tags = null, string title = "Home", Beacon.Storage.Health.IHealthHistoryStore? store = null, bool isBlind = false) =>
        new(await HealthRig.StartAsync(store, new StatusOptions { Tags = tags ?? [StatusOptions.Every], Title = title }, isBlind));

    public Task<ApiReply> SendAsync(string query = "", params (string Name, string Value)[] headers) =>
        Api.SendAsync("GET", StatusEndpoint.Path + query, headers: headers);

    /// <summary>The page once the one that is kept is too old.</summary>
    public async Task<string> ReadAsync(string query = "")
    {
        Health.Clock.Advance(StatusLimits.PastPace);
        return (await SendAsync(query)).Body;
    }

    /// <summary>What a person reads: without style, signs and markup, and with single blanks.</summary>
    public async Task<string> ReadTextAsync(string query = "")
    {
        var page = await ReadAsync(query);
        return Blanks().Replace(System.Net.WebUtility.HtmlDecode(Markup().Replace(page, " ")), " ").Trim();
    }

    public async Task FailAsync(ServiceId id, string cause)
    {
        for (var i = 0; i < 3; i++)
        {
            Health.Fail(id, cause);
        }

        await Health.PassAsync(0);
    }

    public async Task MaintainAsync(string id, string reason)
    {
        var reply = await Api.SendAsync("PUT", $"/api/v1/services/{id}/maintenance", $$"""{"duration":3600,"reason":"{{reason}}"}""");
        Assert.True(reply.Status < 300, reply.Body);
    }

    public ValueTask DisposeAsync() => Health.DisposeAsync();

    [GeneratedRegex("<head>.*</head>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
