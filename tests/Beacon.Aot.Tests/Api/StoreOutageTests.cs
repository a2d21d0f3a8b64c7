namespace Beacon.Aot.Tests.Api;

public sealed class StoreOutageTests
{
    [Fact]
    public async Task B15_B16_without_its_store_Beacon_answers_503_to_changes_and_from_memory_to_reads()
    {
        await using var api = await ApiHarness.StartAsync(new FailingStore());

        var register = await api.RegisterAsync("""{"name":"sensor","host":"10.0.0.1","port":80}""");
        var list = await api.GetAsync("/api/v1/services");

        Assert.Equal(503, register.Status);
        Assert.NotEmpty(register.Text("detail"));
        Assert.Equal("5", register.Header("Retry-After"));
        Assert.Equal(200, list.Status);
        Assert.Equal(1, list.Json["total"]!.GetValue<int>());
        var id = list.Json["services"]![0]!["service_id"]!.GetValue<string>();
        Assert.Equal(200, (await api.SendAsync("PUT", $"/api/v1/services/{id}/heartbeat")).Status);
        Assert.Equal(200, (await api.GetAsync($"/api/v1/services/{id}")).Status);
    }
}
