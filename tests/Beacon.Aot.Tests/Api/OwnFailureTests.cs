namespace Beacon.Aot.Tests.Api;

public sealed class OwnFailureTests
{
    [Fact]
    public async Task A_failure_of_our_own_is_a_500_in_the_usual_form_that_tells_nothing_of_the_inside()
    {
        await using var api = await ApiHarness.StartAsync(announcement: _ => throw new InvalidOperationException("mongodb://user:secret@db"));
        var id = await api.AddAsync("sensor");

        var reply = await api.GetAsync($"/api/v1/services/{id}/status");

        Assert.Equal(500, reply.Status);
        Assert.Equal("""{"detail":"Internal Server Error"}""", reply.Body);
        Assert.Equal(200, (await api.GetAsync($"/api/v1/services/{id}")).Status);
    }
}
