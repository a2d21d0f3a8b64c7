using System.Globalization;
using System.Text.Json.Nodes;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Tests.Docs;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Queries;
using Beacon.Registry.Services;
using Beacon.Testing;
using Microsoft.AspNetCore.Http;

namespace Beacon.Aot.Tests.Budgets;

/// <summary>Bytes that one operation allocates are exact, so that eng/budgets.json can hold them.</summary>
public sealed class AllocationBudgetTests
{
    private const int Services = 500;
    private const int PageSize = 50;
    private const int Runs = 1000;
    private readonly ServiceRegistry _registry = new(new TestClock(), new RegistryLimits(), new EventHub());
    private readonly List<ServiceId> _ids = [];

    public AllocationBudgetTests()
    {
        for (var number = 0; number < Services; number++)
        {
            _ids.Add(_registry.Register(new Registration
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"service-{number}"),
                Type = "http",
                Host = "192.168.1.20",
                Port = 1000 + number,
                Tags = ["room-7", "floor-1", "all"],
                Metadata = [new("version", "1.0"), new("serial", "12345678"), new("maker", "example"), new("model", "m1")],
            }).Service.Id);
        }
    }

    [Fact]
    public void A_renewal_and_its_answer_stay_within_their_budget()
    {
        var (next, target) = (0, new byte[HeartbeatAnswer.MaxLength]);

        var bytes = AllocationAssert.BytesIn1000Runs(() =>
        {
            _registry.Renew(_ids[next++ % Services], null, out var view);
            HeartbeatAnswer.Format(view, target);
        });

        AssertWithin("bytes_per_renewal_max", bytes);
    }

    [Fact]
    public void A_page_of_fifty_stays_within_its_budget()
    {
        var filter = new ServiceFilter { Type = "http" };

        // The context is made anew each time and measured by itself: the web server keeps its own.
        var context = AllocationAssert.BytesIn1000Runs(() => _ = Context());
        var bytes = AllocationAssert.BytesIn1000Runs(() => ServiceAnswers.SendList(Context(), _registry.Query(filter, 0, PageSize), 0, PageSize));

        AssertWithin("bytes_per_list_page_max", bytes - context);
    }

    /// <summary>Of a request without a body in its answer: what the server needs to send one is its own affair.</summary>
    private static HttpContext Context() => new DefaultHttpContext { Request = { Method = HttpMethods.Head } };

    private static void AssertWithin(string budget, long bytesIn1000Runs)
    {
        var budgets = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "eng/budgets.json")))!;
        var (most, bytes) = (budgets[budget]!.GetValue<long>(), bytesIn1000Runs / Runs);
        TestContext.Current.TestOutputHelper?.WriteLine($"{budget}: {bytes}, budget {most}");
        Assert.True(bytes <= most, $"{bytes} bytes, {budget} is {most}");
    }
}
