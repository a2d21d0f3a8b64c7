using System.IO.Pipelines;
using System.Text;
using Beacon.Aot.Metrics;
using Beacon.Aot.Tests.Health;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Metrics;

/// <summary>Figures of single services, as they are found out by checks.</summary>
public sealed class ServiceMetricsTests
{
    [Fact]
    public async Task A_checked_service_says_how_it_is_how_fast_it_answers_and_when_its_certificate_ends()
    {
        await using var rig = await HealthRig.StartAsync();
        var id = await rig.AddAsync("nas");
        Assert.DoesNotContain(await WriteAsync(rig, 10, id), line => line.StartsWith("beacon_service_", StringComparison.Ordinal));

        rig.Check(id, 12, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        var labels = $"{{name=\"nas\",service_id=\"{id}\",type=\"http\"}}";
        var lines = await WriteAsync(rig, 10, id);
        Assert.Contains($"beacon_service_healthy{labels} 1", lines);
        Assert.Contains($"beacon_service_response_time_seconds{labels} 0.012", lines);
        Assert.Contains($"beacon_service_certificate_end_seconds{labels} 1800000000", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("beacon_service_maintenance{", StringComparison.Ordinal));

        rig.Fail(id);
        rig.Fail(id);
        rig.Fail(id);
        await rig.Api.SendAsync("PUT", $"/api/v1/services/{id}/maintenance", """{"duration":600,"reason":"disks"}""");
        lines = await WriteAsync(rig, 10, id);
        Assert.Contains($"beacon_service_healthy{labels} 0", lines);
        Assert.Contains($"beacon_service_maintenance{labels} 1", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("beacon_service_response_time_seconds{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Services_beyond_the_limit_are_counted_and_the_choice_does_not_depend_on_the_order()
    {
        await using var rig = await HealthRig.StartAsync();
        var ids = new List<ServiceId>();
        for (var i = 0; i < 7; i++)
        {
            var id = await rig.AddAsync($"service {i}");
            rig.Check(id);
            ids.Add(id);
        }

        var some = await WriteAsync(rig, 3, [.. ids]);
        ids.Reverse();
        Assert.Equal(some, await WriteAsync(rig, 3, [.. ids]));
        Assert.Equal(3, some.Count(line => line.StartsWith("beacon_service_healthy{", StringComparison.Ordinal)));
        Assert.Contains("beacon_metrics_services_left_out 4", some);
        Assert.Contains("beacon_metrics_services_left_out 7", await WriteAsync(rig, 0, [.. ids]));
    }

    [Fact]
    public async Task A_name_breaks_no_line_whatever_is_in_it()
    {
        await using var rig = await HealthRig.StartAsync();
        var id = await rig.AddAsync("""a\"b\\c ü 🦊""");
        rig.Check(id);

        Assert.Contains($$"""beacon_service_healthy{name="a\"b\\c ü 🦊",service_id="{{id}}",type="http"} 1""", await WriteAsync(rig, 1, id));
    }

    [Fact]
    public async Task A_service_that_left_between_being_listed_and_read_is_not_there()
    {
        await using var rig = await HealthRig.StartAsync();

        Assert.DoesNotContain(await WriteAsync(rig, 1, ServiceId.New()), line => line.StartsWith("beacon_service_", StringComparison.Ordinal));
    }

    private static async Task<string[]> WriteAsync(HealthRig rig, int limit, params ServiceId[] services)
    {
        var text = new MemoryStream();
        var output = PipeWriter.Create(text);
        await new ServiceMetrics(rig.Api.Registry, () => services, limit).WriteAsync(output, TestContext.Current.CancellationToken);
        await output.CompleteAsync();
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n');
    }
}
